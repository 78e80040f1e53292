// SPDX-License-Identifier: Apache-2.0
package com.example.shop.messaging;

import com.example.shop.plugins.AuditEntry;
import com.google.inject.AbstractModule;
import io.kurier.Topic;
import io.kurier.core.guice.KurierBinder;
import java.nio.file.Path;

/** Who did what, for the auditors, on a cluster of their own. */
public final class AuditModule extends AbstractModule {
    /** Entries by the users they are of. */
    public static final Topic<String, AuditEntry> AUDIT = Topic.of("audit", String.class, AuditEntry.class);

    private final Path config;

    /** With the folder of the properties files. */
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
