// SPDX-License-Identifier: Apache-2.0
package io.kurier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {
    private static final Message<String, String> MESSAGE =
            Message.of(Topic.of("t", String.class, String.class), "k", "v");

    @ParameterizedTest
    @ValueSource(strings = {"\uD83E", "\uDD89", "secret\uD83E", "\uDD89\uD83E", "\uD83E\uD83E\uDD89"})
    void halfOfACharacterIsRefusedInNamesAndInValuesWithoutShowingThem(String cut) {
        assertThatThrownBy(() -> MESSAGE.withHeader("name", cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the value of a header: at index ")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> MESSAGE.withHeader(cut, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the name of a header: at index ");
        assertThatThrownBy(() -> ArrayHeaders.header(cut, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ArrayHeaders().add(cut, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Message<>(
                        MESSAGE.topic(), "k", "v", List.of(new RecordHeader(cut, new byte[0])), null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "name", "\uD83E\uDD89", "a\uD83E\uDD89ü\uD83E\uDD89"})
    void everyCharacterIsTaken(String text) {
        assertThat(MESSAGE.withHeader(text, text).headers()).singleElement().satisfies(header -> {
            assertThat(header.key()).isEqualTo(text);
            assertThat(new String(header.value(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(text);
        });
    }
}
