// SPDX-License-Identifier: Apache-2.0
/**
 * Replaces the credentials of a running publisher.
 *
 * <p>A {@link io.kurier.core.internal.rotation.CredentialRotation} reads the configuration again and gives its
 * connection keys to the transport, which connects with them before it gives up the old connection. With
 * {@code reload.files=true} a {@link io.kurier.core.internal.rotation.FileWatch} begins a rotation when one of the files
 * behind the connection has another content, and repeats one that has failed.
 */
@NullMarked
package io.kurier.core.internal.rotation;

import org.jspecify.annotations.NullMarked;
