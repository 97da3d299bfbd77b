// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// A range of addresses in CIDR form (RFC 4632, RFC 4291 section 2.3). Immutable.
public final class Network {
    // 4 or 16 bytes: the first address of the range.
    private final byte[] address;
    // How many leading bits all its addresses share.
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /// Reads `127.0.0.0/8` or `fd00::/8`.
    ///
    /// @throws IllegalArgumentException if it is not an address literal, a slash and a length
    public static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        String literal = slash < 0 ? "" : cidr.substring(0, slash);
        // Only literals: a name here would be looked up.
        if (literal.isEmpty() || !literal.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException(
                    "not a network: \"" + cidr + "\"; write it like 127.0.0.0/8 or fd00::/8");
        }
        try {
            byte[] address = InetAddress.getByName(literal).getAddress();
            int bits = Integer.parseInt(cidr.substring(slash + 1));
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException("no such length: \"" + cidr + "\"");
            }
            return new Network(address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("not a network: \"" + cidr + "\"", e);
        }
    }

    /// Whether an address lies in it; one of the other family never does.
    public boolean contains(InetAddress candidate) {
        byte[] other = candidate.getAddress();
        if (other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
