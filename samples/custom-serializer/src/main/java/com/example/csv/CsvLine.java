// SPDX-License-Identifier: Apache-2.0
package com.example.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The fields of one line of CSV. Every field is quoted, with its quotes doubled (RFC 4180, section 2), so that an empty
 * list and a list of one empty field differ.
 */
record CsvLine(String separator) {

    String join(List<String> fields) {
        return fields.stream()
                .map(field -> '"' + field.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(separator));
    }

    List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        for (int start = 0; start < line.length(); ) {
            int end = closingQuote(line, start);
            fields.add(line.substring(start + 1, end).replace("\"\"", "\""));
            start = end + 1;
            if (start < line.length()) {
                require(line.startsWith(separator, start), "separator", start);
                start += separator.length();
                require(start < line.length(), "field", start);
            }
        }
        return fields;
    }

    private static int closingQuote(String line, int openingQuote) {
        require(line.charAt(openingQuote) == '"', "opening quote", openingQuote);
        int quote = line.indexOf('"', openingQuote + 1);
        while (quote >= 0 && line.startsWith("\"\"", quote)) {
            quote = line.indexOf('"', quote + 2);
        }
        require(quote >= 0, "closing quote", line.length());
        return quote;
    }

    private static void require(boolean there, String what, int index) {
        if (!there) {
            throw new SerializationException("not a line of CSV: no " + what + " at index " + index);
        }
    }
}
