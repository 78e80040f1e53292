// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.errors;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurier.core.testplugins.Thrown;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;

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

    @ParameterizedTest
    @EnumSource(Thrown.class)
    void describesAnyThrowableAndMakesItLoggable(Thrown thrown) {
        Throwable any = requireNonNull(catchThrowable(thrown::sneak));

        assertThat(ThrowableText.of(any)).isNotBlank();
        assertThat(ThrowableText.reason(any)).isNotBlank();
        assertThat(ThrowableText.suppressed(any)).isNotNull();
        assertThatCode(() -> ThrowableText.cause(any)).doesNotThrowAnyException();
        StringWriter printed = new StringWriter();
        ThrowableText.loggable(any).printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).contains("at " + Thrown.class.getName());
    }

    @Test
    void logsWithoutThrowingThoughTheLoggerFails() {
        Logger failing = (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    throw new OutOfMemoryError("of the logger");
                });

        assertThatCode(() -> SafeLogger.error(failing, new IllegalStateException("x"), "{} failed", "it"))
                .doesNotThrowAnyException();
    }
}
