// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

/**
 * Input that was not published.
 *
 * @param file the file, relative to the folder if possible
 * @param position the position in it, such as {@code line 7}; empty for the whole file
 * @param reason the reason
 */
public record Rejection(String file, String position, String reason) {

    @Override
    public String toString() {
        return file + (position.isEmpty() ? "" : ", " + position) + ": " + reason;
    }
}
