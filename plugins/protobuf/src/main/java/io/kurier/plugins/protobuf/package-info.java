// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.kurier.plugins.protobuf;

import org.jspecify.annotations.NullMarked;
