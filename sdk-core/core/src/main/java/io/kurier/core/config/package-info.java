// SPDX-License-Identifier: Apache-2.0
/**
 * Configuration, strictly read.
 *
 * <p>Every source ({@code kurier.properties}, a map, a Guice module) becomes {@link io.kurier.core.config.Setting}s: a
 * key, a value, and where it came from. {@link io.kurier.core.config.ConfigReader} turns them into one
 * {@link io.kurier.core.config.PublisherConfig}; whatever is wrong goes into {@link io.kurier.core.config.Problems},
 * so that one error shows all of it. A key that nobody understands is a problem too, with the nearest known key.
 */
@NullMarked
package io.kurier.core.config;

import org.jspecify.annotations.NullMarked;
