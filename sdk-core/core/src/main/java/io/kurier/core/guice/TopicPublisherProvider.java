// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.TypeLiteral;
import com.google.inject.name.Names;
import com.google.inject.util.Types;
import io.kurier.Topic;
import io.kurier.TopicPublisher;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Returns the publisher of the topic that is requested by its types, and by its alias if one is named. Two topics of
 * the same types request the same binding, and Guice merges their equal providers into one. It fails if the request is
 * ambiguous.
 */
final class TopicPublisherProvider implements Provider<TopicPublisher<?, ?>> {
    private final Type keyType;
    private final Type valueType;
    private final @Nullable String alias;
    private @Nullable Injector injector;

    private TopicPublisherProvider(Topic<?, ?> topic, @Nullable String alias) {
        this.keyType = topic.keyType().type();
        this.valueType = topic.valueType().type();
        this.alias = alias;
    }

    /** Returns the provider for injection points that name the types only. */
    static TopicPublisherProvider byTypes(Topic<?, ?> topic) {
        return new TopicPublisherProvider(topic, null);
    }

    /** Returns the provider for injection points that also name the alias. */
    static TopicPublisherProvider byAlias(Topic<?, ?> topic) {
        return new TopicPublisherProvider(topic, topic.alias());
    }

    @Inject
    void setInjector(Injector owner) {
        injector = owner;
    }

    /** Returns the key that is bound to it. */
    @SuppressWarnings("unchecked") // the key is for a publisher of these types
    Key<TopicPublisher<?, ?>> key() {
        Type type = Types.newParameterizedType(TopicPublisher.class, keyType, valueType);
        Key<?> byTypes = Key.get(type);
        return (Key<TopicPublisher<?, ?>>) (alias == null ? byTypes : byTypes.withAnnotation(Names.named(alias)));
    }

    @Override
    public TopicPublisher<?, ?> get() {
        Injector owner = Objects.requireNonNull(injector, "Guice injects it before it asks");
        List<TopicBinding> homes = owner.findBindingsByType(TypeLiteral.get(TopicBinding.class)).stream()
                .map(binding -> binding.getProvider().get())
                .filter(home -> isMeant(home.topic()))
                .toList();
        if (homes.size() != 1) {
            throw new ProvisionException(ambiguous(homes));
        }
        TopicBinding home = homes.get(0);
        return TopicPublisher.of(owner.getInstance(home.publisher()), home.topic());
    }

    private boolean isMeant(Topic<?, ?> topic) {
        return topic.keyType().type().equals(keyType)
                && topic.valueType().type().equals(valueType)
                && (alias == null || topic.alias().equals(alias));
    }

    private String ambiguous(List<TopicBinding> homes) {
        String all = homes.stream().map(TopicBinding::toString).collect(Collectors.joining(", "));
        String types = "<" + keyType.getTypeName() + ", " + valueType.getTypeName() + ">";
        return alias == null
                ? "a TopicPublisher" + types + " is asked for, and several topics have these types: " + all
                        + ". Name one where it is injected, @Named(\""
                        + homes.get(0).topic() + "\")."
                : "a TopicPublisher" + types + " of the topic " + alias + " is asked for, and several publishers have"
                        + " it: " + all + ". Inject the publisher, and make it by TopicPublisher.of(publisher, topic).";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicPublisherProvider that
                && keyType.equals(that.keyType)
                && valueType.equals(that.valueType)
                && Objects.equals(alias, that.alias);
    }

    @Override
    public int hashCode() {
        return Objects.hash(keyType, valueType, alias);
    }
}
