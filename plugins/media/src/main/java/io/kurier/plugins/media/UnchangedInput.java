// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.plugins.files.FileInput;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;

/** A file that must stay as it was when it was opened; reading its end throws an exception if it has changed. */
final class UnchangedInput extends FilterInputStream {

    /** The file has changed. */
    static final class ChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        private ChangedException() {
            super("the file changed while it was read");
        }
    }

    private final FileInput file;

    UnchangedInput(FileInput file) {
        super(file);
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count;
        try {
            count = super.read(target, offset, length);
        } catch (EOFException shorter) {
            throw new ChangedException();
        }
        if (count < 0 && file.hasChanged()) {
            throw new ChangedException();
        }
        return count;
    }

    /** Returns how much of the file is left. */
    @Override
    public int available() throws IOException {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, file.size() - file.position()));
    }
}
