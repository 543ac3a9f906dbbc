package dev.fleetmend.node.zypper;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What zypper answers in XML.
 *
 * @param solvables the packages of its summary, each under what would happen to it
 * @param problems the solver's, each with the solutions that it offers
 * @param errors messages of type error
 * @param files the package files that it downloaded
 */
record ZypperAnswer(
    List<Solvable> solvables, List<String> problems, List<String> errors, List<String> files) {

  /**
   * A package of the summary.
   *
   * @param section such as {@code to-install}
   * @param editionOld empty where it is not there before
   */
  record Solvable(String section, String name, String arch, String edition, String editionOld) {}

  ZypperAnswer {
    solvables = List.copyOf(solvables);
    problems = List.copyOf(problems);
    errors = List.copyOf(errors);
    files = List.copyOf(files);
  }

  /** As much of it as is well-formed: a zypper that is killed stops in the middle. */
  static ZypperAnswer parse(String xml) {
    Reader reader = new Reader();
    try {
      SAXParserFactory factory = SAXParserFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.newSAXParser().parse(new InputSource(new StringReader(xml)), reader);
    } catch (SAXException e) {
      reader.errors.add("zypper's answer is cut off");
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException(e);
    }
    return new ZypperAnswer(reader.solvables, reader.problems, reader.errors, reader.files);
  }

  private static final class Reader extends DefaultHandler {
    private final List<Solvable> solvables = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String section = "";
    private String type = "";
    private boolean prompt;

    @Override
    public void startElement(String uri, String local, String name, Attributes is) {
      text.setLength(0);
      if (name.startsWith("to-")) {
        section = name;
      } else if (name.equals("solvable") && "package".equals(is.getValue("type"))) {
        solvables.add(
            new Solvable(
                section,
                value(is, "name"),
                value(is, "arch"),
                value(is, "edition"),
                value(is, "edition-old")));
      } else if (name.equals("localfile")) {
        files.add(value(is, "path"));
      } else if (name.equals("message")) {
        type = value(is, "type");
      } else if (name.equals("prompt")) {
        prompt = true;
      }
    }

    @Override
    public void endElement(String uri, String local, String name) {
      if (name.equals("description") && prompt) {
        problems.add(text.toString().strip());
      } else if (name.equals("message") && type.equals("error")) {
        errors.add(text.toString().strip());
      } else if (name.equals("prompt")) {
        prompt = false;
      }
      text.setLength(0);
    }

    @Override
    public void characters(char[] characters, int start, int length) {
      text.append(characters, start, length);
    }

    private static String value(Attributes is, String name) {
      String value = is.getValue(name);
      return value == null ? "" : value;
    }
  }
}
