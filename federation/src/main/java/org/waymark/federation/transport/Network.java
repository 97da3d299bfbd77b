// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// A range of addresses in CIDR form (RFC 4632, RFC 4291 section 2.3).
///
/// @param address the first address of the range, 4 or 16 bytes
/// @param bits how many leading bits all its addresses share
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
record Network(byte[] address, int bits) {

    /// Reads `127.0.0.0/8` or `fd00::/8`.
    ///
    /// @throws IllegalArgumentException if it is not an address literal, a slash and a length
    static Network of(String cidr) {
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

    boolean contains(InetAddress candidate) {
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
