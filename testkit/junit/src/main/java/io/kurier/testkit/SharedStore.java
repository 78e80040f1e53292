// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Keeps objects that tests share in JUnit's stores. It supports JUnit 5.12, which Spring Boot 3.5 uses: the stores of
 * that version close only a type that is deprecated since, and it has no store for a whole session. Safe for use by any
 * number of threads.
 */
final class SharedStore {
    private static final Namespace NAMESPACE = Namespace.create(SharedStore.class);
    private static final boolean HAS_SESSIONS = hasSessions();

    private final Store store;

    private SharedStore(Store store) {
        this.store = store;
    }

    /** Returns the store that is closed with the test, or with the class if a constructor's parameter requires it. */
    static SharedStore of(ExtensionContext context) {
        return new SharedStore(context.getStore(NAMESPACE));
    }

    /**
     * Returns the store that is closed when all tests are over. It is not the root context if that can be avoided:
     * build tools may run each class as an execution of its own, with a root of its own.
     */
    static SharedStore ofSession(ExtensionContext context) {
        return new SharedStore(
                HAS_SESSIONS ? Session.store(context) : context.getRoot().getStore(NAMESPACE));
    }

    /** A separate class, since only it needs a type that came with JUnit 5.13. */
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

    /** Returns the object of that type in this store; creates it if it is not there. */
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

    /** Closed by JUnit 5.12 because of its first type, and by 5.13 and newer because of the second. */
    @SuppressWarnings("deprecation") // the type of 5.12
    private record Kept(AutoCloseable value) implements Store.CloseableResource, AutoCloseable {
        @Override
        public void close() throws Exception {
            value.close();
        }
    }
}
