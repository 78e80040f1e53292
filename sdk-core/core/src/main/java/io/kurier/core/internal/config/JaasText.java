// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.config;

import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value of {@code sasl.jaas.config} before Kafka does, by the same rules ({@code JaasConfig} in kafka-clients
 * 3.9.2 to 4.3.1): Kafka's own errors quote the token at which parsing stopped, which is a piece of the password if
 * that has a quotation mark that was not escaped. Also determines which of the options are secrets.
 *
 * @param secrets the values of options that may be secrets
 * @param others the values of options that are not secrets, such as the user name
 * @param defect the problem of the text, as a sentence that quotes nothing of it, or null
 */
record JaasText(
        Set<String> secrets, Set<String> others, @Nullable String defect) {
    private static final Set<String> FLAGS = Set.of("required", "requisite", "sufficient", "optional");

    /** Options of the login modules of Kafka and the JDK that are not secrets; an unknown option may be one. */
    private static final Set<String> NO_SECRETS = Set.of(
            "username",
            "clientid",
            "scope",
            "tokenauth",
            "servicename",
            "principal",
            "keytab",
            "ticketcache",
            "usekeytab",
            "storekey",
            "useticketcache",
            "refreshkrb5config",
            "donotprompt",
            "isinitiator",
            "renewtgt",
            "debug");

    private static final String FORM = "Write LoginModuleClass required name=\"value\" ...; with \\\" and \\\\ for a"
            + " quotation mark and a backslash in a value (\\\\\" and \\\\\\\\ in a properties file).";

    static JaasText of(String text) {
        Set<String> secrets = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        String defect;
        try {
            defect = read(text, secrets, others);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
        return new JaasText(Set.copyOf(secrets), Set.copyOf(others), defect == null ? null : defect + ". " + FORM);
    }

    private static @Nullable String read(String text, Set<String> secrets, Set<String> others) throws IOException {
        StreamTokenizer tokens = new StreamTokenizer(new StringReader(text));
        tokens.slashSlashComments(true);
        tokens.slashStarComments(true);
        tokens.wordChars('-', '-');
        tokens.wordChars('_', '_');
        tokens.wordChars('$', '$');
        tokens.nextToken();
        if (tokens.sval == null) {
            return "it does not begin with the class of a login module";
        }
        tokens.nextToken();
        if (tokens.sval == null || !FLAGS.contains(tokens.sval.toLowerCase(Locale.ROOT))) {
            return "the word after the login module's class is not required, requisite, sufficient or optional";
        }
        for (int option = 1; tokens.nextToken() != ';'; option++) {
            if (tokens.ttype == StreamTokenizer.TT_EOF) {
                return "it does not end with a semicolon";
            }
            String name = tokens.sval;
            if (name == null || tokens.nextToken() != '=') {
                return "option " + option + " is not of the form name=\"value\"";
            }
            tokens.nextToken();
            if (tokens.sval == null) {
                return "option " + option + " is not of the form name=\"value\"";
            }
            (NO_SECRETS.contains(name.toLowerCase(Locale.ROOT)) ? others : secrets).add(tokens.sval);
        }
        return tokens.nextToken() == StreamTokenizer.TT_EOF ? null : "there is more after the semicolon";
    }

    /** Omits the values. */
    @Override
    public String toString() {
        return "JaasText[" + defect + "]";
    }
}
