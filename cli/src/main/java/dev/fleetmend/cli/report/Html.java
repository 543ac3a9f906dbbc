package dev.fleetmend.cli.report;

import dev.fleetmend.cli.print.Printable;
import java.util.List;

/** One page without scripts and without anything fetched from elsewhere. */
final class Html {
  private Html() {}

  static String page(String summary, List<String> columns, List<NodeCompliance> nodes) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Patch compliance</title>
        <style>
        body { font-family: sans-serif; margin: 2em }
        table { border-collapse: collapse }
        th, td { border: 1px solid #bbb; padding: .3em .6em; text-align: left }
        .NON_COMPLIANT { background: #fdd }
        .NOT_SCANNED { background: #ffd }
        </style>
        <h1>Patch compliance</h1>
        """);
    text.append("<p>").append(escape(summary)).append("</p>\n<table>\n<tr>");
    columns.forEach(column -> text.append("<th>").append(escape(column)).append("</th>"));
    text.append("</tr>\n");
    for (NodeCompliance node : nodes) {
      text.append("<tr class=\"").append(node.compliance()).append("\">");
      node.cells().forEach(cell -> text.append("<td>").append(escape(cell)).append("</td>"));
      text.append("</tr>\n");
    }
    return text.append("</table>\n</html>\n").toString();
  }

  private static String escape(String value) {
    return Printable.of(value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
