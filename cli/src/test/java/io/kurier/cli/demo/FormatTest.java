// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {

    @ParameterizedTest
    @CsvSource({
        "notes.txt, TEXT",
        "access.log, TEXT",
        "DELIVERIES.CSV, TEXT",
        "stores.json, JSON",
        "orders.jsonl, JSON",
        "orders.ndjson, JSON",
        "a.json.txt, TEXT",
        ".log, TEXT"
    })
    void takesTheLastExtensionInAnyCase(String name, Format format) {
        assertThat(Format.of(Path.of("folder", name))).contains(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "json", "txt", "access.log.gz", "trailing.", "log "})
    void skipsWhatItDoesNotKnow(String name) {
        assertThat(Format.of(Path.of("folder.txt", name))).isEmpty();
    }
}
