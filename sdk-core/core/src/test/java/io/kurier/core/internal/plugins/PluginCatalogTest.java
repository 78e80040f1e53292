// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurier.core.internal.config.PluginPath;
import io.kurier.core.testplugins.FirstByte;
import io.kurier.core.testplugins.PlainText;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginCatalogTest {
    private final PluginCatalog catalog = PluginCatalog.discover();

    @Test
    void findsPluginsByNameAndWhereTheyCameFrom() {
        assertThat(catalog.serializer("text")).isInstanceOf(PlainText.class);
        assertThat(catalog.partitioner("first-byte")).isInstanceOf(FirstByte.class);
        assertThat(catalog.serializers()).allMatch(found -> found.origin().endsWith("test-classes/"));
    }

    @Test
    void keepsLoadingAfterAProviderThatCannotBeLoaded() {
        List<PluginFault> broken =
                catalog.faults().stream().filter(fault -> !fault.isWarning()).toList();
        assertThat(broken).extracting(PluginFault::kind).containsExactly("serializer", "serializer");
        assertThat(broken).allMatch(fault -> fault.origin().endsWith("test-classes/"));
        assertThat(broken.get(0).reason()).contains("ThrowingConstructor").contains("no licence");
        assertThat(broken.get(1).reason()).contains("NotThere");
    }

    @Test
    void suggestsANameAndListsWhatThereIs() {
        assertThatThrownBy(() -> catalog.serializer("txet"))
                .isInstanceOf(PluginNotFoundException.class)
                .hasMessageContaining("no serializer is named \"txet\". Did you mean text? Found: ")
                .hasMessageContaining("chunks in ")
                .hasMessageContaining(" Cannot be used: ")
                .hasMessageContaining("no licence");
    }

    @Test
    void refusesANameThatTwoPluginsClaimOnlyWhenItIsUsed() {
        assertThatThrownBy(() -> catalog.serializer("twin"))
                .isInstanceOf(PluginNotFoundException.class)
                .hasMessageStartingWith("more than one serializer is named \"twin\": twin in ");
        assertThat(catalog.faults())
                .filteredOn(PluginFault::isWarning)
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains("\"twin\""));
    }

    @Test
    void takesABoundPluginInsteadOfADiscoveredOneOfItsClass() {
        PlainText bound = new PlainText();

        assertThat(PluginCatalog.discover(
                                new BoundPlugins(List.of(bound), List.of(), List.of(), List.of()), PluginPath.NONE)
                        .serializer("text"))
                .isSameAs(bound);
    }

    @Test
    void worksOnAThreadWhoseLoaderSeesNothing() throws InterruptedException {
        PluginCatalog[] found = new PluginCatalog[1];
        Thread thread = new Thread(() -> found[0] = PluginCatalog.discover());
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        thread.start();
        thread.join();

        assertThat(found[0].serializer("text")).isInstanceOf(PlainText.class);
    }
}
