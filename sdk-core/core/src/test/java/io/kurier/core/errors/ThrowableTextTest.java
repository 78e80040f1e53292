// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrowableTextTest {

    @Test
    void anExceptionIsDescribedByItsMessage() {
        assertThat(ThrowableText.reason(new IllegalStateException("the disk is full")))
                .isEqualTo("the disk is full");
    }

    @Test
    void anErrorAndAnExceptionWithoutAMessageAreDescribedByTheirClass() {
        assertThat(ThrowableText.reason(new StackOverflowError())).isEqualTo("java.lang.StackOverflowError");
        assertThat(ThrowableText.reason(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
        assertThat(ThrowableText.reason(new AssertionError("no"))).isEqualTo("java.lang.AssertionError: no");
    }

    @Test
    void oneWhoseMessageCannotBeReadIsDescribedByItsClass() {
        Throwable hostile = new Hostile();

        assertThat(ThrowableText.reason(hostile)).contains(Hostile.class.getName(), "cannot be read");
        assertThat(ThrowableText.of(hostile)).contains(Hostile.class.getName());
    }

    @Test
    void aLoggerIsGivenWhatItCanPrint() {
        Throwable sound = new IllegalStateException("sound", new RuntimeException("cause"));
        Throwable hostile = new IllegalStateException("around", new Hostile());

        assertThat(ThrowableText.loggable(sound)).isSameAs(sound);
        assertThat(ThrowableText.loggable(hostile).getMessage()).contains("IllegalStateException");
        assertThat(ThrowableText.loggable(hostile).getStackTrace()).isEqualTo(hostile.getStackTrace());
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new StackOverflowError("hostile");
        }
    }
}
