// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kurier.TypeRef;
import io.kurier.spi.SerializerSettings;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.impl.StdTypeResolverBuilder;

/** No JSON has names of Java classes, and none is read that chooses the class that is created. */
class ClassNamesTest {
    private static final String TOPIC = "orders";

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}

    record OneByClass(int n) implements ByClass {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
    interface ByMinimalClass {}

    record HasProperty(String id, ByClass part) {}

    record HasList(List<ByMinimalClass> parts) {}

    record HasMap(Map<String, Optional<ByClass[]>> parts) {}

    record HasAnnotation(
            @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) @Nullable
            Object part) {}

    record Holder<T>(T held) {}

    /** Has a part of its own kind. */
    record Recursive(@Nullable Recursive next, Holder<HasProperty> held) {}

    static final class HasSetter {
        public void setPart(ByClass part) {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Sub.class, name = "sub"))
    interface ByName {}

    record Sub(ByClass part) implements ByName {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    interface Registered {}

    @JsonTypeName("one")
    record RegisteredOne(ByClass part) implements Registered {}

    record HasObject(Object part) {}

    static Stream<Type> refused() {
        return Stream.of(
                ByClass.class,
                OneByClass.class,
                ByMinimalClass.class,
                HasProperty.class,
                HasList.class,
                HasMap.class,
                HasAnnotation.class,
                Recursive.class,
                ByName.class,
                new TypeRef<Holder<ByClass>>() {}.type(),
                new TypeRef<List<Map<String, HasProperty>>>() {}.type());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void idsOfClassesAreRefusedOnTheDeclaredTypeAndItsPartsInBothDirections(Type type) {
        JsonSerializerPlugin plugin = new JsonSerializerPlugin();
        assertThatThrownBy(() -> plugin.serializer(settings(type)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("json does not write or read ")
                .hasMessageContaining("CLASS), which puts names of Java classes into the JSON")
                .hasMessageEndingWith("Take JsonTypeInfo.Id.NAME, with @JsonSubTypes");
        assertThatThrownBy(() -> plugin.deserializer(settings(type)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("CLASS), which puts names of Java classes into the JSON");
    }

    @Test
    void theErrorNamesThePart() {
        assertThatThrownBy(() -> new JsonDeserializer<>(HasAnnotation.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ClassNamesTest$HasAnnotation.part has @JsonTypeInfo(use = CLASS)");
        assertThatThrownBy(() -> new JsonSerializer<>(new TypeRef<HasProperty>() {}))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ClassNamesTest$HasProperty: ")
                .hasMessageContaining("ClassNamesTest$ByClass has @JsonTypeInfo(use = CLASS)");
    }

    static final class HasAnnotatedSetter {
        @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
        public void setPart(Object part) {}
    }

    static final class HasAnySetter {
        @JsonAnySetter
        void set(String name, ByClass part) {}
    }

    static final class HasDelegate {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        HasDelegate(List<ByClass> parts) {}
    }

    @JsonDeserialize(as = Implementation.class)
    interface Interface {}

    static final class Implementation implements Interface {
        public @Nullable ByClass part;
    }

    @ParameterizedTest
    @ValueSource(
            classes = {HasSetter.class, HasAnnotatedSetter.class, HasAnySetter.class, HasDelegate.class, Interface.class
            })
    void whatIsOnlyReadIsRefusedForReading(Class<?> type) {
        assertThatThrownBy(() -> new JsonDeserializer<>(type))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(" has @JsonTypeInfo(use = CLASS)");
    }

    static final class HasValue {
        @JsonValue
        List<ByClass> value() {
            return List.of();
        }
    }

    static final class HasAnyGetter {
        @JsonAnyGetter
        public Map<String, ByClass> parts() {
            return Map.of();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {HasValue.class, HasAnyGetter.class})
    void whatIsOnlyWrittenIsRefusedForWriting(Class<?> type) {
        assertThatThrownBy(() -> new JsonSerializerPlugin().serializer(settings(type)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ByClass has @JsonTypeInfo(use = CLASS)");
    }

    @Test
    void subtypesThatAreRegisteredAreParts() {
        ObjectMapper mapper =
                JsonMapper.builder().registerSubtypes(RegisteredOne.class).build();
        assertThatThrownBy(() -> new JsonDeserializer<>(Registered.class, mapper))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ByClass has @JsonTypeInfo(use = CLASS)");
        assertThat(new JsonDeserializer<>(Registered.class)).isNotNull();
    }

    @Test
    void aMixInCounts() {
        ObjectMapper mapper =
                JsonMapper.builder().addMixIn(Order.class, ByClass.class).build();
        assertThatThrownBy(() -> new JsonDeserializer<>(Order.class, mapper))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Order has @JsonTypeInfo(use = CLASS)");
    }

    @Test
    void withoutADeclaredTypeTheClassOfTheValueIsRefused() {
        JsonSerializer<Object> serializer = new JsonSerializer<>();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> serializer.serialize(TOPIC, new HasProperty("a", new OneByClass(1))))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("ByClass has @JsonTypeInfo(use = CLASS)");
        }
        assertThat(serializer.serialize(TOPIC, new HasObject(1))).asString().isEqualTo("{\"part\":1}");
    }

    @Test
    void aConfiguredTypeIsRefused() {
        assertThatThrownBy(() -> new JsonDeserializer<>().configure(Map.of("json.type", HasProperty.class), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ByClass has @JsonTypeInfo(use = CLASS)");
    }

    @Test
    void namesOfTypesAreFine() {
        JsonSerializer<Animal> serializer = new JsonSerializer<>(new TypeRef<Animal>() {});
        byte[] json = serializer.serialize(TOPIC, new Animal.Cat(9));
        assertThat(json).asString().isEqualTo("{\"kind\":\"cat\",\"lives\":9}");
        assertThat(new JsonDeserializer<>(Animal.class).deserialize(TOPIC, json))
                .isEqualTo(new Animal.Cat(9));
    }

    @Test
    void defaultTypingIsRefusedInBothDirections() {
        JsonMapper active = JsonMapper.builder()
                .activateDefaultTyping(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType("java.util.")
                        .build())
                .build();
        JsonMapper set = JsonMapper.builder()
                .setDefaultTyping(new StdTypeResolverBuilder(JsonTypeInfo.Id.CLASS, JsonTypeInfo.As.PROPERTY, "@class"))
                .build();
        for (ObjectMapper mapper : List.of(active, set)) {
            assertThatThrownBy(() -> new JsonSerializer<>(mapper))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("json does not use an ObjectMapper with default typing");
            assertThatThrownBy(() -> new JsonDeserializer<>(Order.class, mapper))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("json does not use an ObjectMapper with default typing");
            assertThatThrownBy(() -> new JsonSerializerPlugin(mapper).serializer(settings(Order.class)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)");
        }
        ObjectMapper inactive = active.rebuild().deactivateDefaultTyping().build();
        assertThat(new JsonDeserializer<>(Order.class, inactive)).isNotNull();
    }

    private static SerializerSettings settings(Type type) {
        return new SerializerSettings(
                "json3",
                "orders",
                "orders",
                false,
                type,
                new AbstractConfig(new JsonSerializerPlugin().configDef(), Map.of()));
    }
}
