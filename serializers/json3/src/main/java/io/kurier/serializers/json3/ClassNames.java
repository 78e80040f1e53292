// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedWithParams;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Refuses what would put names of Java classes into JSON, or create the classes that JSON names: Jackson's default
 * typing, and {@code @JsonTypeInfo} with the ids {@code CLASS} and {@code MINIMAL_CLASS}. A reader that creates the
 * class that a record names can be made to run code of the sender's choice, and a record with such a name can be read
 * only by programs that have the class.
 */
final class ClassNames {
    private static final Set<JsonTypeInfo.Id> REFUSED = Set.of(JsonTypeInfo.Id.CLASS, JsonTypeInfo.Id.MINIMAL_CLASS);

    private final MapperConfig<?> config;
    private final Introspection introspection;
    private final Deque<JavaType> queue = new ArrayDeque<>();
    private final Set<JavaType> seen = new HashSet<>();

    /** Its properties are looked at once: what its type parameters can be is in the queue by itself. */
    private final Set<Class<?>> introspected = new HashSet<>();

    private ClassNames(Introspection introspection) {
        this.config = introspection.config();
        this.introspection = introspection;
    }

    /**
     * Checks a mapper and a type that is written with it.
     *
     * @throws ConfigException if names of classes would be written
     */
    static void refuseWriting(ObjectMapper mapper, JavaType type) {
        refuseDefaultTyping(mapper, type);
        new ClassNames(Introspection.ofWriting(mapper)).refuse(type);
    }

    /**
     * Checks a mapper and a type that is read with it.
     *
     * @throws ConfigException if JSON could name a class to create
     */
    static void refuseReading(ObjectMapper mapper, JavaType type) {
        refuseDefaultTyping(mapper, type);
        new ClassNames(Introspection.ofReading(mapper)).refuse(type);
    }

    private static void refuseDefaultTyping(ObjectMapper mapper, JavaType type) {
        if (mapper.deserializationConfig().getDefaultTyper(type) != null
                || mapper.serializationConfig().getDefaultTyper(type) != null) {
            throw new ConfigException("json does not use an ObjectMapper with default typing, which puts names of Java"
                    + " classes into the JSON and creates those that it names. Remove activateDefaultTyping or"
                    + " setDefaultTyping, and write @JsonTypeInfo(use = JsonTypeInfo.Id.NAME) with @JsonSubTypes on the"
                    + " base types that need it");
        }
    }

    private void refuse(JavaType root) {
        queue.add(root);
        while (!queue.isEmpty()) {
            JavaType type = queue.remove();
            if (!seen.add(type)) {
                continue;
            }
            for (int i = 0; i < type.containedTypeCount(); i++) {
                queue.add(type.containedType(i));
            }
            Stream.of(type.getKeyType(), type.getContentType(), type.getReferencedType())
                    .filter(part -> part != null)
                    .forEach(queue::add);
            if (!isOfPlatform(type) && introspected.add(type.getRawClass())) {
                refuseClass(root, type);
            }
        }
    }

    /** Jackson has serializers of its own for these, or refuses them. */
    private static boolean isOfPlatform(JavaType type) {
        Class<?> raw = type.getRawClass();
        return raw.isPrimitive()
                || raw.isArray()
                || raw.getName().startsWith("java.")
                || JsonNode.class.isAssignableFrom(raw);
    }

    private void refuseClass(JavaType root, JavaType type) {
        try {
            BeanDescription description = introspection.describe(type);
            refuse(root, description.getClassInfo(), type.toCanonical());
            queue.add(refined(description.getClassInfo(), type));
            subtypes(description);
            for (BeanPropertyDefinition property : description.findProperties()) {
                for (AnnotatedMember member : members(property)) {
                    refuse(root, member, type.toCanonical() + "." + property.getName());
                    queue.add(refined(member, typeOf(member)));
                }
                queue.add(property.getPrimaryType());
            }
            withoutProperties(description).map(ClassNames::typeOf).forEach(queue::add);
        } catch (IllegalArgumentException | JacksonException e) {
            // Jackson cannot map the class, and has an error for that which names the reason.
            return;
        }
    }

    private static List<AnnotatedMember> members(BeanPropertyDefinition property) {
        return Stream.<@Nullable AnnotatedMember>of(
                        property.getField(),
                        property.getGetter(),
                        property.getSetter(),
                        property.getConstructorParameter())
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Returns the type of a property; a setter's own type is void. */
    private static JavaType typeOf(AnnotatedMember member) {
        return member instanceof AnnotatedMethod method && method.getParameterCount() > 0
                ? method.getParameterType(method.getParameterCount() - 1)
                : member.getType();
    }

    /** Returns the type that annotations such as {@code @JsonDeserialize(as = ...)} put in place of the declared one. */
    private JavaType refined(Annotated annotated, JavaType type) {
        AnnotationIntrospector introspector = config.getAnnotationIntrospector();
        return config instanceof SerializationConfig
                ? introspector.refineSerializationType(config, annotated, type)
                : introspector.refineDeserializationType(config, annotated, type);
    }

    /** Returns what maps a class as another type or as a map. */
    private Stream<AnnotatedMember> withoutProperties(BeanDescription description) {
        Stream<AnnotatedMember> whole = Stream.<@Nullable AnnotatedMember>of(
                        description.findJsonValueAccessor(),
                        description.findAnyGetter(),
                        description.findAnySetterAccessor())
                .flatMap(Stream::ofNullable);
        Stream<AnnotatedMember> creators = Stream.<AnnotatedWithParams>concat(
                        description.getConstructors().stream(), description.getFactoryMethods().stream())
                .filter(creator -> config.getAnnotationIntrospector().findCreatorAnnotation(config, creator) != null)
                .flatMap(creator ->
                        IntStream.range(0, creator.getParameterCount()).mapToObj(creator::getParameter));
        return Stream.concat(whole, creators);
    }

    private void subtypes(BeanDescription description) {
        for (NamedType subtype :
                config.getSubtypeResolver().collectAndResolveSubtypesByClass(config, description.getClassInfo())) {
            queue.add(config.constructType(subtype.getType()));
        }
    }

    private void refuse(JavaType root, Annotated annotated, String place) {
        AnnotationIntrospector introspector = config.getAnnotationIntrospector();
        JsonTypeInfo.Value info = introspector.findPolymorphicTypeInfo(config, annotated);
        if (info != null && REFUSED.contains(info.getIdType())) {
            throw new ConfigException("json does not write or read " + root.toCanonical() + ": " + place
                    + " has @JsonTypeInfo(use = " + info.getIdType() + "), which puts names of Java classes into the"
                    + " JSON and creates those that it names. Take JsonTypeInfo.Id.NAME, with @JsonSubTypes");
        }
    }
}
