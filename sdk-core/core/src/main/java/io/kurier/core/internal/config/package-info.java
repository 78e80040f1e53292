// SPDX-License-Identifier: Apache-2.0
/**
 * Strict reading of configuration.
 *
 * <p>Every source ({@code kurier.properties}, a map, a Guice module) becomes {@link
 * io.kurier.core.internal.config.Setting}s: a key, a value, and the source that set it. {@link
 * io.kurier.core.internal.config.ConfigReader} turns them into one {@link
 * io.kurier.core.internal.config.PublisherConfig}; every problem is added to {@link
 * io.kurier.core.internal.config.Problems}, so that one error shows all of them, in the order of the settings. An
 * unknown key is a problem too, with the nearest known key.
 *
 * <p>Kurier's own keys are defined in {@link io.kurier.core.internal.config.PublisherKeys} and {@link
 * io.kurier.core.internal.config.TopicKeys}: name, type, default, allowed values, documentation. A definition checks
 * and parses a plain key, whose value is then in {@link io.kurier.core.internal.config.ParsedKeys}; {@code
 * TopicReader}, {@code GuardReader}, {@code ProviderKeys} and {@code FolderKeys} read the keys whose values name
 * something. To add a plain key, define it, use it, and let {@code ConfigurationPageTest} write the table of {@code
 * docs/configuration.md} ({@code -Dgolden.update=true}).
 *
 * <p>Between these steps {@code ProvidedValues} replaces variables by the values of config providers, {@code
 * DeclaredValues} checks values against Kafka's or a plugin's {@code ConfigDef}, {@code ProducerChecks} makes the
 * checks that Kafka makes only later, and {@link io.kurier.core.internal.config.Secrets} keeps the values that must not
 * be shown, to remove them from texts of other code. {@link io.kurier.core.internal.config.ResolvedKeys} lists the
 * effective values of a valid configuration.
 */
@NullMarked
package io.kurier.core.internal.config;

import org.jspecify.annotations.NullMarked;
