// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import io.kurier.serializers.registry.internal.Declarations.EnumType;
import io.kurier.serializers.registry.internal.Declarations.Field;
import io.kurier.serializers.registry.internal.Declarations.File;
import io.kurier.serializers.registry.internal.Declarations.Message;
import io.kurier.serializers.registry.internal.Declarations.Method;
import io.kurier.serializers.registry.internal.Declarations.Service;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the types that the names in a file mean, as protoc does: from the innermost scope outward. */
final class ProtoTypes {
    private static final int MAX_RESOLVED = 1 << 24;
    private static final int PACKAGE = 0;

    private final Scope root = new Scope(null, "");
    private int resolvedLength;

    /** A package, message or enum, and what is declared in it. */
    private static final class Scope {
        final @Nullable Scope parent;
        final String name;
        final Map<String, Scope> inner = new HashMap<>();
        int type = PACKAGE;

        Scope(@Nullable Scope parent, String name) {
            this.parent = parent;
            this.name = name;
        }

        Scope at(String simpleName) {
            return inner.computeIfAbsent(simpleName, name -> new Scope(this, name));
        }

        String fullName() {
            Deque<String> names = new ArrayDeque<>();
            for (Scope each = this; each.parent != null; each = each.parent) {
                names.push(each.name);
            }
            return "." + String.join(".", names);
        }
    }

    /** Makes the types of a file known. */
    void declare(File file) {
        Scope scope = scope(file);
        file.messages().forEach(message -> declare(message, scope));
        declareEnums(file.enums(), scope);
    }

    /** Makes a type known by its full name. */
    void declare(String fullName, int type) {
        Scope scope = root;
        for (String name : fullName.split("\\.", -1)) {
            scope = scope.at(name);
        }
        scope.type = type;
    }

    private Scope scope(File file) {
        Scope scope = root;
        if (!file.pack().isEmpty()) {
            for (String name : file.pack().split("\\.", -1)) {
                scope = scope.at(name);
            }
        }
        return scope;
    }

    private static void declare(Message message, Scope around) {
        Scope scope = around.at(message.name());
        scope.type = Declarations.MESSAGE;
        message.messages().forEach(nested -> declare(nested, scope));
        declareEnums(message.enums(), scope);
    }

    private static void declareEnums(List<EnumType> enums, Scope scope) {
        enums.forEach(each -> scope.at(each.name()).type = Declarations.ENUM);
    }

    /**
     * Returns the file with the full names of the types that are known.
     *
     * @throws IllegalArgumentException if the names are too long together
     */
    File resolved(File file) {
        Scope scope = scope(file);
        return new File(
                file.name(),
                file.pack(),
                file.imports(),
                file.messages().stream().map(each -> resolved(each, scope)).toList(),
                file.enums(),
                file.services().stream().map(each -> resolved(each, scope)).toList(),
                file.extensions().stream().map(each -> resolved(each, scope)).toList(),
                file.options(),
                file.syntax(),
                file.edition());
    }

    private Message resolved(Message message, Scope around) {
        Scope scope = around.at(message.name());
        return new Message(
                message.name(),
                message.fields().stream().map(each -> resolved(each, scope)).toList(),
                message.messages().stream().map(each -> resolved(each, scope)).toList(),
                message.enums(),
                message.extensionRanges(),
                message.extensions().stream().map(each -> resolved(each, scope)).toList(),
                message.oneofs(),
                message.reserved(),
                message.reservedNames(),
                message.options(),
                message.visibility());
    }

    private Service resolved(Service service, Scope scope) {
        return new Service(
                service.name(),
                service.methods().stream()
                        .map(each -> new Method(
                                each.name(),
                                nameOf(each.input(), scope),
                                nameOf(each.output(), scope),
                                each.clientStreaming(),
                                each.serverStreaming(),
                                each.options()))
                        .toList(),
                service.options());
    }

    private Field resolved(Field field, Scope scope) {
        if (field.typeName().isEmpty() && field.extendee().isEmpty()) {
            return field;
        }
        Scope type = field.typeName().isEmpty() ? null : find(field.typeName(), scope);
        return field.withTypes(
                type == null || field.type() != Declarations.UNRESOLVED ? field.type() : type.type,
                type == null ? field.typeName() : counted(type.fullName()),
                field.extendee().isEmpty() ? "" : nameOf(field.extendee(), scope));
    }

    private String nameOf(String name, Scope scope) {
        Scope type = find(name, scope);
        return type == null ? name : counted(type.fullName());
    }

    /** Few long names can be meant by many short ones. */
    private String counted(String name) {
        resolvedLength += name.length();
        if (resolvedLength > MAX_RESOLVED) {
            throw new IllegalArgumentException("names its types by more than " + MAX_RESOLVED + " characters in full");
        }
        return name;
    }

    private @Nullable Scope find(String name, Scope from) {
        if (name.startsWith(".")) {
            return type(name.substring(1), root);
        }
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        for (Scope scope = from; scope != null; scope = scope.parent) {
            Scope found = scope.inner.get(first);
            if (found != null && dot >= 0) {
                return type(name.substring(dot + 1), found);
            }
            if (found != null && found.type != PACKAGE) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Scope type(String name, Scope from) {
        Scope scope = from;
        for (String part : name.split("\\.", -1)) {
            scope = scope == null ? null : scope.inner.get(part);
        }
        return scope == null || scope.type == PACKAGE ? null : scope;
    }
}
