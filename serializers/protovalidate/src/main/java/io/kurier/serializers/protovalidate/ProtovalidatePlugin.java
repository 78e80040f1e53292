// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.protovalidate;

import io.kurier.serializers.internal.GuardedValues;
import io.kurier.serializers.protobuf.internal.guards.GuardedMessages;
import io.kurier.serializers.protobuf.internal.guards.GuardedTypes;
import io.kurier.spi.Guard;
import io.kurier.spi.GuardPlugin;
import io.kurier.spi.GuardSettings;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * Makes the guard {@code protovalidate} available in configuration: it refuses Protobuf messages that violate the rules
 * of their {@code .proto} file.
 */
public final class ProtovalidatePlugin implements GuardPlugin {
    private static final String LIBRARY = "build.buf:protovalidate";

    /** Serializers whose values are no Protobuf. */
    private static final Set<String> NO_PROTOBUF = Set.of("avro", "json", "json3", "text", "media");

    /** Creates the plugin; for {@link java.util.ServiceLoader}. */
    public ProtovalidatePlugin() {}

    @Override
    public String name() {
        return "protovalidate";
    }

    @Override
    public ConfigDef configDef() {
        ConfigDef keys = new ConfigDef()
                .define(
                        GuardedTypes.DESCRIPTOR,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The descriptor set that has the messages and their rules, as protoc --include_imports"
                                + " --descriptor_set_out=FILE writes it: a path, or classpath: and a resource. If empty, the"
                                + " rules are those of the declared class, or of the serializer's descriptor set.")
                .define(
                        GuardedTypes.MESSAGE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The full name of the only message type. If empty, that of the declared class, or of the"
                                + " serializer, or the one that the descriptor set makes obvious.");
        return GuardedMessages.LIMITS.defineIn(keys);
    }

    /**
     * Returns the guard of a topic.
     *
     * @throws ConfigException if no message type is known, a rule cannot be compiled, the topic's serializer or its
     *     framing writes no Protobuf, or a library is not on the class path
     */
    @Override
    public Guard guard(GuardSettings settings) {
        GuardedValues values =
                new GuardedValues(settings, GuardedMessages.PROTOBUF, ProtovalidatePlugin.class, NO_PROTOBUF);
        try {
            AbstractConfig keys = values.keys(GuardedTypes.withTypeHeader(configDef()));
            GuardedTypes types = GuardedTypes.of(
                    values,
                    keys,
                    "topics." + settings.alias() + ".guard." + settings.name() + "." + GuardedTypes.DESCRIPTOR);
            return new ProtovalidateGuard(
                    values, new GuardedMessages(values, types, GuardedMessages.LIMITS.with(keys)), Rules.of(types));
        } catch (NoClassDefFoundError e) {
            values.close();
            throw new ConfigException("the guard needs the library " + LIBRARY
                    + " with all of its dependencies, and the"
                    + " class " + e.getMessage() + " is missing. Add the jar that has it; a build that depends on"
                    + " io.kurier:kurier-guard-protovalidate has all of them");
        } catch (RuntimeException e) {
            values.close();
            throw e;
        }
    }
}
