// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.json3;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AccessorNamingStrategy;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.DefaultAccessorNamingStrategy;

/**
 * Names the properties of beans as Jackson 2 does: {@code getURL} has {@code url}, which is {@code URL} in Jackson 3, and
 * {@code getaCount} has {@code aCount}, which Jackson 3 does not see.
 */
final class PropertyNames extends DefaultAccessorNamingStrategy.Provider {
    private static final long serialVersionUID = 1L;

    @Override
    public AccessorNamingStrategy forPOJO(MapperConfig<?> config, AnnotatedClass type) {
        return new Names(config, type, _setterPrefix, _getterPrefix, _isGetterPrefix);
    }

    private static final class Names extends DefaultAccessorNamingStrategy {
        Names(MapperConfig<?> config, AnnotatedClass type, String setter, String getter, String isGetter) {
            super(config, type, setter, getter, isGetter, null);
        }

        /** Returns the name with all its first capitals in lower case; null if it has no letters. */
        @Override
        protected @Nullable String stdManglePropertyName(String method, int offset) {
            int end = offset;
            while (end < method.length() && Character.toLowerCase(method.charAt(end)) != method.charAt(end)) {
                end++;
            }
            StringBuilder name = new StringBuilder();
            method.substring(offset, end).chars().forEach(letter -> name.append((char) Character.toLowerCase(letter)));
            return offset == method.length()
                    ? null
                    : name.append(method, end, method.length()).toString();
        }
    }
}
