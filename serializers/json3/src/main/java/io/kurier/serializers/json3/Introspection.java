// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.ClassIntrospector;

/** Describes types as a mapper writes or reads them. Safe for use by any number of threads. */
record Introspection(MapperConfig<?> config, boolean writes) {

    static Introspection ofWriting(ObjectMapper mapper) {
        return new Introspection(mapper.serializationConfig(), true);
    }

    static Introspection ofReading(ObjectMapper mapper) {
        return new Introspection(mapper.deserializationConfig(), false);
    }

    BeanDescription describe(Class<?> type) {
        return describe(config.constructType(type));
    }

    BeanDescription describe(JavaType type) {
        ClassIntrospector introspector = config.classIntrospectorInstance();
        var annotations = introspector.introspectClassAnnotations(type);
        return writes
                ? introspector.introspectForSerialization(type, annotations)
                : introspector.introspectForDeserialization(type, annotations);
    }
}
