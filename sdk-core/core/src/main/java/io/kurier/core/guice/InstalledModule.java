// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import com.google.inject.Binder;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import io.kurier.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * Reports while the injector is created that a {@link KurierBinder} was used and no module makes a publisher. Guice
 * reports this only for the first class that needs a publisher, if there is one. Of several binders only one checks.
 */
final class InstalledModule implements Provider<InstalledModule> {
    private final String source;
    private final Provider<Injector> injector;

    private InstalledModule(String source, Provider<Injector> injector) {
        this.source = source;
        this.injector = injector;
    }

    /** Requests the check, with the source line of the binder for the message. */
    static void expectedBy(Binder binder, String source) {
        binder.bind(InstalledModule.class)
                .toProvider(new InstalledModule(source, binder.getProvider(Injector.class)))
                .asEagerSingleton();
    }

    @Override
    public InstalledModule get() {
        if (injector.get().getExistingBinding(Key.get(Publisher.class)) == null) {
            throw new ProvisionException("KurierBinder is used in " + source
                    + ", and nothing makes a publisher. Install new KurierModule() in the same injector, or give the module to"
                    + " KurierModule.named(...).");
        }
        return this;
    }

    /** All instances are equal, so that Guice keeps one. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InstalledModule;
    }

    @Override
    public int hashCode() {
        return InstalledModule.class.hashCode();
    }
}
