// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The four kinds of plugins that a record passes; Connect's interfaces have no common one with these methods. The
 * functions call code that is not Kurier's and throw what it throws.
 *
 * @param <T> the plugin's interface
 * @param type the plugin's interface
 * @param what the word for messages
 * @param config returns the keys that a plugin declares, null if it has forgotten them
 * @param configure passes the keys to a plugin
 * @param close closes a plugin
 * @param implied keys that a worker adds before a plugin's keys are checked
 */
record PluginKind<T>(
        Class<? super T> type,
        String what,
        Function<T, @Nullable ConfigDef> config,
        BiConsumer<T, Map<String, ?>> configure,
        Closing<T> close,
        Map<String, String> implied) {
    private static final String CONVERTER_TYPE = "converter.type";

    /** Closes a plugin. */
    @FunctionalInterface
    interface Closing<T> {
        void close(T plugin) throws Exception;
    }

    // Lambdas, since a reference to a method names the interface that declares it, and Kafka 4.2 moved these to
    // another.

    static final PluginKind<Converter> KEY_CONVERTER = converter(true);
    static final PluginKind<Converter> VALUE_CONVERTER = converter(false);
    static final PluginKind<HeaderConverter> HEADER_CONVERTER = new PluginKind<>(
            HeaderConverter.class,
            "header converter",
            converter -> converter.config(),
            PluginKind::configureForHeaders,
            converter -> converter.close(),
            Map.of(CONVERTER_TYPE, "header"));
    static final PluginKind<Transformation<SourceRecord>> TRANSFORMATION = new PluginKind<>(
            Transformation.class,
            "transformation",
            transformation -> transformation.config(),
            (transformation, keys) -> transformation.configure(keys),
            transformation -> transformation.close(),
            Map.of());
    static final PluginKind<Predicate<SourceRecord>> PREDICATE = new PluginKind<>(
            Predicate.class,
            "predicate",
            predicate -> predicate.config(),
            (predicate, keys) -> predicate.configure(keys),
            predicate -> predicate.close(),
            Map.of());

    private static PluginKind<Converter> converter(boolean isKey) {
        return new PluginKind<>(
                Converter.class,
                "converter",
                converter -> converter.config(),
                (converter, keys) -> converter.configure(keys, isKey),
                PluginKind::closeIfClosable,
                Map.of(CONVERTER_TYPE, isKey ? "key" : "value"));
    }

    /** Converters can be closed since Kafka 4.1. */
    private static void closeIfClosable(Object converter) throws Exception {
        if (converter instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    /** Unlike other converters, one of headers learns only from this key what it is for. */
    private static void configureForHeaders(HeaderConverter converter, Map<String, ?> keys) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put(CONVERTER_TYPE, "header");
        converter.configure(all);
    }
}
