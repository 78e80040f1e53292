// SPDX-License-Identifier: Apache-2.0
package com.example.shop.messaging;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import io.kurier.core.guice.KurierBinder;
import io.kurier.core.guice.KurierModule;
import java.nio.file.Path;

/**
 * Both publishers of the shop, {@code @Named("orders")} and {@code @Named("audit")}, with the settings of an
 * environment.
 */
// region shop-messaging
public final class ShopMessaging extends AbstractModule {
    private final Path config;
    private final String environment;

    /**
     * For an environment.
     *
     * @param config the folder with {@code orders.properties} and {@code audit.properties}
     * @param environment has files of its own there, {@code orders-local.properties}, whose keys count instead
     */
    public ShopMessaging(Path config, String environment) {
        this.config = config;
        this.environment = environment;
    }

    @Override
    protected void configure() {
        install(KurierModule.named("orders", adapted("orders", new OrdersModule(config))));
        install(KurierModule.named("audit", adapted("audit", new AuditModule(config))));
    }

    private Module adapted(String publisher, Module module) {
        Path overrides = config.resolve(publisher + "-" + environment + ".properties");
        return Modules.override(module).with(binder -> KurierBinder.of(binder).properties(overrides));
    }
}
// endregion
