// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import io.kurier.serializers.internal.WithheldException;
import io.kurier.serializers.protobuf.internal.Extensions;
import io.kurier.serializers.protobuf.internal.guards.GuardedTypes;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;

/** The compiled rules of some message types. Safe for use by any number of threads. */
final class Rules {
    /** Each violation takes about a kilobyte, and a byte can be one: those of a large message are not collected. */
    private static final int SMALL = 16 * 1024;

    private final Validator all;
    private final Validator first;

    private Rules(Validator all, Validator first) {
        this.all = all;
        this.first = first;
    }

    /** Compiles the rules of the types of a topic. */
    static Rules of(GuardedTypes types) {
        List<Descriptor> descriptors = types.descriptors();
        return of(descriptors, types.extensions() == null ? Extensions.beside(descriptors) : types.extensions());
    }

    /**
     * Compiles the rules of message types and of their parts.
     *
     * @param extensions those that may declare rules for other files to use ({@code buf.validate.predefined})
     * @throws ConfigException if one of them is wrong
     */
    static Rules of(List<Descriptor> types, ExtensionRegistry extensions) {
        try {
            return new Rules(compiled(types, extensions, false), compiled(types, extensions, true));
        } catch (CompilationException | RuntimeException e) {
            throw new ConfigException("a rule of "
                    + types.stream().map(Descriptor::getFullName).collect(Collectors.joining(", "))
                    + " cannot be compiled: " + reason(e) + ". Correct it in the .proto file");
        }
    }

    /** Returns the compiler's message, in one line and without the picture of the place. */
    private static String reason(Exception thrown) {
        return String.valueOf(thrown.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("|"))
                .collect(Collectors.joining(" "));
    }

    private static Validator compiled(List<Descriptor> types, ExtensionRegistry extensions, boolean onlyFirst)
            throws CompilationException {
        Config config = Config.newBuilder()
                .setFailFast(onlyFirst)
                .setExtensionRegistry(extensions)
                // the types that the extensions extend: those of the same files
                .setTypeRegistry(TypeRegistry.newBuilder().add(types).build())
                .build();
        return ValidatorFactory.newBuilder().withConfig(config).buildWithDescriptors(types, true);
    }

    /**
     * Checks a message.
     *
     * @param size the size of the message in bytes
     * @throws SerializationException if it violates a rule, or a rule fails; it names fields and rules and shows no
     *     values
     */
    void check(Message message, int size) {
        String type = message.getDescriptorForType().getFullName();
        ValidationResult result;
        try {
            result = (size <= SMALL ? all : first).validate(message);
        } catch (ValidationException | RuntimeException | StackOverflowError e) {
            throw new SerializationException(
                    "a rule of " + type + " failed with " + e.getClass().getName()
                            + ", so the message cannot be checked. Correct the rule in the .proto file",
                    new WithheldException(e));
        }
        if (!result.isSuccess()) {
            throw new SerializationException("it violates the rules of " + type + " "
                    + Violations.describe(result.getViolations(), size > SMALL));
        }
    }
}
