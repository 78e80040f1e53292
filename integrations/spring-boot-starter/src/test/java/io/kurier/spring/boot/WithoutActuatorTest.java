// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.testkit.FakeKafka;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application whose class path has nothing but Boot's core: every optional library of the starter is missing. */
@Timeout(60)
class WithoutActuatorTest {
    private static final Pattern OPTIONAL = Pattern.compile(
            "spring-boot-(health|actuator|micrometer|opentelemetry).*|(micrometer-core|opentelemetry-).*");

    @Test
    void startsAPublisher() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (!OPTIONAL.matcher(path.getFileName().toString()).matches()) {
                urls.add(path.toUri().toURL());
            }
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Callable<?> shop = (Callable<?>) loader.loadClass(Shop.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertThat((String[]) shop.call()).contains("publisher").doesNotContain("kurierHealthContributor");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Returns the names of its beans. Made by another class loader. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Shop implements Callable<String[]> {
        @Bean
        FakeKafka kafka() {
            return new FakeKafka();
        }

        @Override
        public String[] call() {
            SpringApplication application = new SpringApplication(Shop.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            try (ConfigurableApplicationContext context = application.run("--kurier.bootstrap.servers=fake:9092")) {
                return Arrays.copyOf(context.getBeanDefinitionNames(), context.getBeanDefinitionCount());
            }
        }
    }
}
