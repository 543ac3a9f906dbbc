package dev.fleetmend.server.operation;

/** Which callers an operation is for. */
public enum Access {
  /** People and their tools. */
  ADMINISTRATOR {
    @Override
    public boolean admits(Caller caller) {
      return caller instanceof Caller.Administrator;
    }
  },
  /** Managed nodes; the handler checks that a node speaks only of itself. */
  NODE {
    @Override
    public boolean admits(Caller caller) {
      return caller instanceof Caller.Node;
    }
  },
  /** Both: the handler narrows a node down to what is its own. */
  ADMINISTRATOR_OR_NODE {
    @Override
    public boolean admits(Caller caller) {
      return !(caller instanceof Caller.Anonymous);
    }
  },
  /** Requests that prove themselves by other means than credentials of ours. */
  ANYONE {
    @Override
    public boolean admits(Caller caller) {
      return true;
    }
  };

  public abstract boolean admits(Caller caller);
}
