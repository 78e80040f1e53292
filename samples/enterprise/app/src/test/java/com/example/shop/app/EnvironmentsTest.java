// SPDX-License-Identifier: Apache-2.0
package com.example.shop.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.shop.messaging.ShopMessaging;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong word in the properties of any environment fails the build, not the night of the release. */
class EnvironmentsTest {
    private static final Path CONFIG = Path.of("../config");

    @ParameterizedTest
    @ValueSource(strings = {"local", "staging", "production"})
    void theWiringOfEveryEnvironmentIsSound(String environment) {
        assertDoesNotThrow(() -> Guice.createInjector(new ShopMessaging(CONFIG, environment)));
    }

    @Test
    void anEnvironmentWithoutFilesIsNamed() {
        CreationException failed =
                assertThrows(CreationException.class, () -> Guice.createInjector(new ShopMessaging(CONFIG, "stagin")));
        assertTrue(failed.getMessage().contains("orders-stagin.properties: no such file"));
    }
}
