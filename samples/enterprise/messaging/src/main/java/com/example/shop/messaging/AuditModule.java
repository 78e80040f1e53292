// SPDX-License-Identifier: Apache-2.0
package com.example.shop.messaging;

import com.example.shop.plugins.AuditEntry;
import com.google.inject.AbstractModule;
import io.kurier.Topic;
import io.kurier.core.guice.KurierBinder;
import java.nio.file.Path;

/** Records the actions of users for the auditors, on a separate cluster. */
public final class AuditModule extends AbstractModule {
    /** Audit entries, with the user as key. */
    public static final Topic<String, AuditEntry> AUDIT = Topic.of("audit", String.class, AuditEntry.class);

    private final Path config;

    /**
     * Creates the module.
     *
     * @param config the folder with the properties files
     */
    public AuditModule(Path config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        KurierBinder kurier = KurierBinder.of(binder());
        kurier.properties(config.resolve("audit.properties"));
        kurier.topic(AUDIT).valueSerializer("audit-line").partitions(3);
    }
}
