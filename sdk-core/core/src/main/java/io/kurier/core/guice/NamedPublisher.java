// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Binding;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.name.Names;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.InstanceBinding;
import io.kurier.Publisher;
import io.kurier.TopicPublisher;
import io.kurier.core.internal.config.Setting;
import java.util.List;

/**
 * One of several publishers: the modules that configure it are private to it, and only the publisher under its name and
 * its topics are visible outside.
 */
final class NamedPublisher extends AbstractModule {
    /** It is part of transactional ids, which must differ between the publishers of one process. */
    private static final String PUBLISHER_NAME = "publisher.name";

    private final String name;
    private final List<Module> modules;
    private final Key<Publisher> publisher;

    /**
     * Creates the module of a publisher.
     *
     * @param modules the modules that configure it and that make it
     */
    NamedPublisher(String name, List<Module> modules) {
        this.name = name;
        this.modules = modules;
        this.publisher = Key.get(Publisher.class, Names.named(name));
    }

    @Override
    protected void configure() {
        List<Element> said = Elements.getElements(currentStage(), modules);
        install(inside(said.stream()
                .filter(element -> !concernsTopicPublishers(element))
                .toList()));
        for (Element element : said) {
            if (element instanceof InstanceBinding<?> binding && binding.getInstance() instanceof TopicBinding home) {
                TopicPublishers.bind(binder().withSource(element.getSource()), home.withPublisher(publisher));
            }
        }
    }

    private Module inside(List<Element> said) {
        return new PrivateModule() {
            @Override
            protected void configure() {
                install(Elements.getModule(said));
                if (said.stream().noneMatch(NamedPublisher::namesThePublisher)) {
                    KurierBinder.of(binder()).set(new Setting(PUBLISHER_NAME, name, "KurierModule.named"));
                }
                bind(publisher).to(Publisher.class);
                expose(publisher);
            }
        };
    }

    private static boolean namesThePublisher(Element element) {
        return element instanceof Binding<?> binding
                && binding.getKey().equals(Key.get(Setting.class, Names.named(PUBLISHER_NAME)));
    }

    /** A key cannot be bound inside and outside; the bindings outside know all publishers. */
    private static boolean concernsTopicPublishers(Element element) {
        if (!(element instanceof Binding<?> binding)) {
            return false;
        }
        Class<?> bound = binding.getKey().getTypeLiteral().getRawType();
        return bound == TopicBinding.class || bound == TopicPublisher.class;
    }
}
