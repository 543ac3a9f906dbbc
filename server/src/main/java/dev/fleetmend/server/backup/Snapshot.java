package dev.fleetmend.server.backup;

import dev.fleetmend.server.store.SqliteLibrary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite databases, copied whole at one moment while others write them. */
final class Snapshot {
  private Snapshot() {}

  /** Copies what is committed now to a new file, in one read transaction. */
  static void take(Path database, Path copy) throws BackupException {
    try (Connection connection = open(database);
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, copy.toString());
      vacuum.execute();
    } catch (SQLException e) {
      throw new BackupException("cannot copy " + database + " (" + e.getMessage() + ")", e);
    }
  }

  /** Looks through every page. */
  static void check(Path database) throws BackupException {
    try (Connection connection = open(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
      if (!result.next() || !"ok".equals(result.getString(1))) {
        throw new BackupException("its database is damaged");
      }
    } catch (SQLException e) {
      throw new BackupException("its database is damaged (" + e.getMessage() + ")", e);
    }
  }

  private static Connection open(Path database) throws SQLException {
    SqliteLibrary.unpackBeside(database);
    return DriverManager.getConnection("jdbc:sqlite:" + database + "?busy_timeout=20000");
  }
}
