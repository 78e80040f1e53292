// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurier.Printable;
import io.kurier.cli.demo.DemoResult;
import io.kurier.cli.demo.FormatResult;
import io.kurier.cli.demo.Rejection;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows a demo's result to people and to programs. */
final class DemoOutput {
    /** The maximum number of lines of one kind on the screen; {@code --json} has all. */
    private static final int MOST_LINES = 50;

    private static final int MOST_LINES_OF_A_FILE = 3;

    private final DemoResult result;

    DemoOutput(DemoResult result) {
        this.result = result;
    }

    String json() {
        ObjectNode root = new ObjectMapper().createObjectNode().put("ok", result.ok());
        ArrayNode formats = root.putArray("formats");
        for (FormatResult format : result.formats()) {
            ObjectNode row = formats.addObject()
                    .put("format", format.format())
                    .put("topic", format.topic())
                    .put("files", format.files())
                    .put("records", format.records())
                    .put("bytes", format.bytes())
                    .put("rejected", format.rejected())
                    .put("verified", format.verified());
            ObjectNode partitions = row.putObject("partitions");
            format.partitions().forEach((partition, records) -> partitions.put(partition.toString(), records));
        }
        root.put("skipped", result.skipped());
        ArrayNode rejections = root.putArray("rejections");
        result.rejections()
                .forEach(rejection -> rejections
                        .addObject()
                        .put("file", rejection.file())
                        .put("position", rejection.position())
                        .put("reason", rejection.reason()));
        ArrayNode differences = root.putArray("differences");
        result.differences().forEach(differences::add);
        return root.toString();
    }

    void table(PrintWriter out) {
        Table table =
                new Table("format", "topic", "files", "records", "bytes", "partitions", "time", "rejected", "verified");
        for (FormatResult format : result.formats()) {
            table.row(
                    format.format(),
                    format.topic(),
                    Sizes.count(format.files()),
                    Sizes.count(format.records()),
                    Sizes.of(format.bytes()),
                    Sizes.count(format.partitions().size()),
                    Sizes.of(format.time()),
                    Sizes.count(format.rejected()),
                    format.verified() ? "yes" : "NO");
        }
        table.print(out);
        if (result.skipped() > 0) {
            out.println("skipped, .desc files without a .pb beside them: " + Sizes.count(result.skipped()));
        }
    }

    /** Prints the rejections and the differences, one on each line. */
    void complaints(PrintWriter err) {
        lines(err, "rejected: ", fewOfEachFile(result.rejections()));
        lines(err, "differs: ", result.differences());
    }

    /** Limits the lines of each file, so that a file with a thousand wrong records does not hide another with one. */
    private static List<String> fewOfEachFile(List<Rejection> rejections) {
        Map<String, List<Rejection>> byFile = new LinkedHashMap<>();
        rejections.forEach(rejection -> byFile.computeIfAbsent(rejection.file(), first -> new ArrayList<>())
                .add(rejection));
        List<String> lines = new ArrayList<>();
        byFile.forEach((file, all) -> {
            all.stream().limit(MOST_LINES_OF_A_FILE).forEach(rejection -> lines.add(rejection.toString()));
            if (all.size() > MOST_LINES_OF_A_FILE) {
                lines.add(
                        file + ": and " + Sizes.count(all.size() - MOST_LINES_OF_A_FILE) + " more; --json names them");
            }
        });
        return lines;
    }

    private static void lines(PrintWriter err, String start, List<?> lines) {
        lines.stream().limit(MOST_LINES).forEach(line -> err.println(start + Printable.of(line.toString())));
        if (lines.size() > MOST_LINES) {
            err.println(start + "and " + Sizes.count(lines.size() - MOST_LINES) + " more; --json names them");
        }
    }
}
