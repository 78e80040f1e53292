// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Keeps what tests share in JUnit's stores, with JUnit 5.12 as well: Spring Boot 3.5 has that one, whose stores close only
 * a type that is deprecated since, and which has no store for a whole session. Safe for use by any number of threads.
 */
final class SharedStore {
    private static final Namespace NAMESPACE = Namespace.create(SharedStore.class);
    private static final boolean HAS_SESSIONS = hasSessions();

    private final Store store;

    private SharedStore(Store store) {
        this.store = store;
    }

    /** Closes what is in it with the test, or with the class if it is asked for by a constructor's parameter. */
    static SharedStore of(ExtensionContext context) {
        return new SharedStore(context.getStore(NAMESPACE));
    }

    /**
     * Closes what is in it when all tests are over. Not the root context if it can be avoided: build tools may run each
     * class as an execution of its own, with a root of its own.
     */
    static SharedStore ofSession(ExtensionContext context) {
        return new SharedStore(
                HAS_SESSIONS ? Session.store(context) : context.getRoot().getStore(NAMESPACE));
    }

    /** A class of its own, since only it needs a type that came with JUnit 5.13. */
    private static final class Session {
        static Store store(ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        }
    }

    private static boolean hasSessions() {
        try {
            Class.forName(
                    "org.junit.jupiter.api.extension.ExtensionContext$StoreScope",
                    false,
                    ExtensionContext.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The object of that type in this store, which is made if it is not there. */
    <T extends AutoCloseable> T get(Class<T> type, Supplier<T> maker) {
        synchronized (SharedStore.class) {
            Kept kept = store.get(type, Kept.class);
            if (kept == null) {
                kept = new Kept(maker.get());
                store.put(type, kept);
            }
            return type.cast(kept.value());
        }
    }

    /** Is closed by JUnit 5.12 for the first of its types, and by 5.13 and newer for the second. */
    @SuppressWarnings("deprecation") // the type of 5.12
    private record Kept(AutoCloseable value) implements Store.CloseableResource, AutoCloseable {
        @Override
        public void close() throws Exception {
            value.close();
        }
    }
}
