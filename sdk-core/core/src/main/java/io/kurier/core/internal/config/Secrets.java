// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.SaslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * Knows the secret values of one configuration and removes them from texts of other code: Kafka's exceptions quote
 * pieces of keys and certificates, and a plugin may quote anything. Kurier's own sentences are not filtered: they name
 * settings and not their values, and a word removed from them would reveal the secret. Immutable.
 */
public final class Secrets {
    private static final String HIDDEN = "[hidden]";
    private static final int MOST_CAUSES = 10;
    private static final int SHORT = 4;

    /** A word of at least this length is a piece of a key or of a token, and not of a language. */
    private static final int LINE_OF_PEM = 16;

    /** Words of login modules' options and of PEM that are not secrets, so that messages stay readable. */
    private static final Set<String> NO_SECRETS = Set.of(
            "required",
            "requisite",
            "sufficient",
            "optional",
            "username",
            "password",
            "true",
            "false",
            "clientid",
            "clientsecret",
            "scope",
            "private",
            "encrypted",
            "certificate",
            "-----begin",
            "-----end",
            "key-----",
            "certificate-----");

    private final List<String> texts;
    private final @Nullable Pattern pattern;

    private Secrets(Collection<String> texts) {
        // the longest first, so that a password is replaced as a whole before a word of it is
        this.texts = texts.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.pattern = this.texts.isEmpty()
                ? null
                : Pattern.compile(String.join(
                        "|", this.texts.stream().map(Secrets::expression).toList()));
    }

    /**
     * Returns the secrets among settings, and the texts that config providers have returned for them. Of {@code
     * sasl.jaas.config} they are the values of its options except the user name and other options that are not secrets,
     * even if a config provider returned these.
     */
    static Secrets of(Collection<Setting> settings, Collection<String> provided) {
        Set<String> texts = new TreeSet<>();
        Set<String> noSecrets = new TreeSet<>();
        settings.stream()
                .filter(setting -> SecretKeys.isSecret(setting.key()))
                .forEach(setting -> addSecret(texts, noSecrets, setting));
        Stream.concat(
                        provided.stream(),
                        settings.stream().filter(Setting::isSecret).map(Setting::value))
                .filter(text -> !noSecrets.contains(text.strip()))
                .forEach(text -> add(texts, text));
        return new Secrets(texts);
    }

    private static void addSecret(Set<String> texts, Set<String> noSecrets, Setting setting) {
        add(texts, setting.value());
        if (Keys.withoutProducer(setting.key()).equals(SaslConfigs.SASL_JAAS_CONFIG)) {
            JaasText login = JaasText.of(setting.value());
            login.secrets().forEach(text -> add(texts, text));
            noSecrets.addAll(login.others());
            if (login.defect() != null) {
                addWords(texts, setting.value(), SHORT);
            }
        }
    }

    /** Returns these secrets and more. */
    public Secrets and(Collection<String> more) {
        Set<String> all = new TreeSet<>(texts);
        more.forEach(text -> add(all, text));
        return new Secrets(all);
    }

    /** Adds a value, and for a key or a certificate in PEM its lines; other words of a secret are ordinary words. */
    private static void add(Set<String> texts, String value) {
        String text = value.strip();
        if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
            texts.add(text);
            addWords(texts, text, LINE_OF_PEM);
        }
    }

    private static void addWords(Set<String> texts, String value, int shortest) {
        for (String word : value.split("[\\s\"'=;,]+", -1)) {
            if (word.length() >= shortest
                    && !NO_SECRETS.contains(word.toLowerCase(Locale.ROOT))
                    && !word.endsWith("LoginModule")) {
                texts.add(word);
            }
        }
    }

    /** A short secret matches only as a separate word: a 5 is not found in 50. */
    private static String expression(String text) {
        String quoted = Pattern.quote(text);
        return text.length() < SHORT ? "(?<![\\p{Alnum}_])" + quoted + "(?![\\p{Alnum}_])" : quoted;
    }

    /** Returns these secrets and those of another configuration. */
    Secrets and(Secrets others) {
        return and(others.texts);
    }

    /** Returns a text of other code with every secret replaced. */
    public String hide(String text) {
        return pattern == null ? text : pattern.matcher(text).replaceAll(Matcher.quoteReplacement(HIDDEN));
    }

    /** Returns a failure with the messages of other code, with secrets removed from its problems and its causes. */
    public StartException hide(StartException failure) {
        return hidden(failure, failure.problems().stream().map(this::hide).toList());
    }

    /** Returns a failure with Kurier's own messages, unchanged except for secrets removed from its causes. */
    public StartException hideInCauses(StartException failure) {
        return hidden(failure, failure.problems());
    }

    private StartException hidden(StartException failure, List<String> problems) {
        Throwable cause = failure.getCause();
        Throwable clean = cause == null ? null : hide(cause);
        if (problems.equals(failure.problems()) && clean == cause && !isShownBySuppressed(failure, MOST_CAUSES)) {
            return failure;
        }
        StartException hidden = new StartException(problems, clean);
        hidden.setStackTrace(failure.getStackTrace());
        return hidden;
    }

    /** Returns the exception itself if neither it nor its causes show a secret, otherwise a replacement. */
    public Throwable hide(Throwable failure) {
        return isShownBy(failure, MOST_CAUSES) ? new Hidden(this, failure, MOST_CAUSES) : failure;
    }

    private boolean isShownBy(@Nullable Throwable failure, int causes) {
        return failure != null
                && pattern != null
                && (causes == 0
                        || isShownBy(ThrowableText.of(failure))
                        || isShownBy(ThrowableText.cause(failure), causes - 1)
                        || isShownBySuppressed(failure, causes - 1));
    }

    private boolean isShownBySuppressed(Throwable failure, int causes) {
        for (Throwable suppressed : ThrowableText.suppressed(failure)) {
            if (isShownBy(suppressed, causes)) {
                return true;
            }
        }
        return false;
    }

    private boolean isShownBy(String text) {
        return pattern != null && pattern.matcher(text).find();
    }

    /** Returns the number of secrets, and none of them. */
    @Override
    public String toString() {
        return "Secrets[" + texts.size() + "]";
    }

    /** Keeps the class's name, the stack trace and the causes of an exception whose text shows a secret. */
    private static final class Hidden extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Hidden(Secrets secrets, Throwable original, int causes) {
            super(secrets.hide(ThrowableText.of(original)), cause(secrets, original, causes));
            setStackTrace(ThrowableText.loggable(original).getStackTrace());
        }

        private static @Nullable Throwable cause(Secrets secrets, Throwable original, int causes) {
            Throwable cause = ThrowableText.cause(original);
            return cause == null || causes == 0 ? null : new Hidden(secrets, cause, causes - 1);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
