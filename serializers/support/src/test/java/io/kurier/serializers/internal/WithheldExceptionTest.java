// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WithheldExceptionTest {

    @Test
    void keepsClassesAndStackTracesAndNoMessage() {
        Exception original = new IllegalStateException("card 4711", new NumberFormatException("card 4712"));

        WithheldException withheld = new WithheldException(original);

        assertThat(withheld).hasMessageStartingWith("java.lang.IllegalStateException, whose message is withheld");
        assertThat(withheld)
                .hasStackTraceContaining("java.lang.NumberFormatException")
                .hasRootCauseInstanceOf(WithheldException.class);
        assertThat(withheld.getStackTrace()).isEqualTo(original.getStackTrace());
        assertThat(withheld.toString() + withheld.getCause()).doesNotContain("471");
    }

    @Test
    void endsThoughCausesFormACircle() {
        Exception one = new IllegalStateException();
        one.initCause(new IllegalStateException(one));

        assertThat(new WithheldException(one)).hasStackTraceContaining("withheld");
    }
}
