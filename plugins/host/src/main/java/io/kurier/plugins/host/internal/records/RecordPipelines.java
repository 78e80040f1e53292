// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.Topic;
import io.kurier.plugins.host.internal.plugins.ConnectPlugins;
import io.kurier.plugins.host.internal.records.RecordException.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.jspecify.annotations.Nullable;

/**
 * The transformations and converters of a connector, from which each of its tasks gets a pipeline. Immutable, and safe
 * for use by any number of threads.
 */
public final class RecordPipelines {
    private static final String HEADER_CONVERTER = "header.converter";

    /** So that what a reader without Connect gets is plain JSON. */
    private static final Map<String, Object> JSON_KEYS = Map.of("schemas.enable", "false", "decimal.format", "NUMERIC");

    private final String connector;
    private final ConnectorPlugins plugins;
    private final Retries retries;
    private final TopicSerializers serializers;
    private final List<TransformationStep.Spec> steps;
    private final @Nullable PluginSpec<Converter> keyConverter;
    private final @Nullable PluginSpec<Converter> valueConverter;
    private final @Nullable PluginSpec<HeaderConverter> headerConverter;

    private RecordPipelines(
            String connector,
            Map<String, String> properties,
            ConnectPlugins plugins,
            @Nullable Object instance,
            List<String> problems) {
        this.connector = connector;
        this.plugins = new ConnectorPlugins(plugins, instance);
        PluginReader reader = new PluginReader(connector, properties, this.plugins, problems);
        this.retries = Retries.of(properties);
        this.serializers = TopicSerializers.read(connector, properties, plugins, problems);
        this.steps = new TransformationReader(properties, reader).read();
        this.keyConverter = converter(PluginKind.KEY_CONVERTER, TopicSerializers.KEY_CONVERTER, properties, reader);
        this.valueConverter =
                converter(PluginKind.VALUE_CONVERTER, TopicSerializers.VALUE_CONVERTER, properties, reader);
        this.headerConverter = converter(PluginKind.HEADER_CONVERTER, HEADER_CONVERTER, properties, reader);
    }

    /**
     * Reads a connector's properties, and checks them by creating and closing an instance of each plugin.
     *
     * @param connector the connector's name
     * @param instance an instance of the connector, whose folder is searched first for converters and transformations;
     *     null for none
     * @param problems collects everything that is wrong; if anything is, the result must not be used
     */
    public static RecordPipelines read(
            String connector,
            Map<String, String> properties,
            ConnectPlugins plugins,
            @Nullable Object instance,
            List<String> problems) {
        return new RecordPipelines(connector, properties, plugins, instance, problems);
    }

    private static <T> @Nullable PluginSpec<T> converter(
            PluginKind<T> kind, String key, Map<String, String> properties, PluginReader reader) {
        if (properties.containsKey(key)) {
            return reader.read(kind, key, key + ".", Set.of());
        }
        for (String other : properties.keySet()) {
            if (other.startsWith(key + ".")) {
                reader.problem(other, "it configures a converter, and " + key + " names none. Set that key too.");
            }
        }
        return null;
    }

    /**
     * Creates the pipeline of a task, to be closed by the caller.
     *
     * @param declared returns the topic that code declares under an alias, or null
     * @throws io.kurier.StartException if a plugin cannot be created, or refuses its keys
     */
    public RecordPipeline create(Function<String, @Nullable Topic<?, ?>> declared) {
        PluginCalls calls = new PluginCalls(plugins.plugins(), retries, Thread::sleep);
        List<Runnable> undo = new ArrayList<>();
        try {
            List<TransformationStep> made = new ArrayList<>();
            for (TransformationStep.Spec spec : steps) {
                TransformationStep step = new TransformationStep(spec, calls);
                undo.add(step::close);
                made.add(step);
            }
            Conversion keys = keys(calls);
            undo.add(keys::close);
            Conversion values = values(calls);
            undo.add(values::close);
            return new ConfiguredPipeline(made, keys, values, headers(calls), declared);
        } catch (Throwable e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    private Conversion keys(PluginCalls calls) {
        if (keyConverter != null) {
            return new ConverterConversion(Stage.KEY_CONVERTER, keyConverter.create(), calls);
        }
        return serializers.keepsKeys()
                ? new NativeConversion(Stage.KEY_CONVERTER, TopicSerializers.KEY_CONVERTER)
                : new DefaultConversion(Stage.KEY_CONVERTER, json(PluginKind.KEY_CONVERTER), calls);
    }

    private Conversion values(PluginCalls calls) {
        if (valueConverter != null) {
            return new ConverterConversion(Stage.VALUE_CONVERTER, valueConverter.create(), calls);
        }
        return serializers.keepsValues()
                ? new NativeConversion(Stage.VALUE_CONVERTER, TopicSerializers.VALUE_CONVERTER)
                : new DefaultConversion(Stage.VALUE_CONVERTER, json(PluginKind.VALUE_CONVERTER), calls);
    }

    private HeaderConversion headers(PluginCalls calls) {
        PluginSpec<HeaderConverter> spec = headerConverter == null
                ? new PluginSpec<>(
                        plugins,
                        PluginKind.HEADER_CONVERTER,
                        connector,
                        HEADER_CONVERTER,
                        SimpleHeaderConverter.class.getName(),
                        Map.of())
                : headerConverter;
        return new HeaderConversion(spec.create(), headerConverter == null, calls);
    }

    private PluginSpec<Converter> json(PluginKind<Converter> kind) {
        String key =
                kind == PluginKind.KEY_CONVERTER ? TopicSerializers.KEY_CONVERTER : TopicSerializers.VALUE_CONVERTER;
        return new PluginSpec<>(plugins, kind, connector, key, Aliases.JSON_CONVERTER, JSON_KEYS);
    }
}
