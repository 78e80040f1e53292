// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

import io.kurier.core.config.PublisherConfig;
import io.kurier.core.route.Routes;

/** A configuration without problems, and the routes made from it. */
record Plan(PublisherConfig config, Routes routes) {}
