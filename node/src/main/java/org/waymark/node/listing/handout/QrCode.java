// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.handout;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import gg.jte.Content;
import java.util.Map;

/// An address as a QR code (ISO/IEC 18004), drawn with lines so that it is sharp on any paper.
public final class QrCode {

    // What the standard asks for around it.
    private static final int QUIET_ZONE = 4;

    private QrCode() {}

    /// A picture that screen readers pass over: the address stands beside it as text.
    public static Content of(String address) {
        var svg = svg(address);
        return output -> output.writeContent(svg);
    }

    static String svg(String address) {
        try {
            // M: a fold or a stain may cost 15 %.
            var code =
                    Encoder.encode(
                            address,
                            ErrorCorrectionLevel.M,
                            Map.of(EncodeHintType.CHARACTER_SET, "ISO-8859-1"));
            var modules = code.getMatrix();
            var size = modules.getWidth() + 2 * QUIET_ZONE;
            var path = new StringBuilder();
            for (int y = 0; y < modules.getHeight(); y++) {
                for (int x = 0; x < modules.getWidth(); x++) {
                    var from = x;
                    while (x < modules.getWidth() && modules.get(x, y) == 1) {
                        x++;
                    }
                    if (x > from) {
                        path.append("M%d %dh%dv1H%dz".formatted(from, y, x - from, from));
                    }
                }
            }
            return """
            <svg class="qr" viewBox="%1$d %1$d %2$d %2$d" shape-rendering="crispEdges" aria-hidden="true">\
            <path fill="#fff" d="M%1$d %1$dh%2$dv%2$dH%1$dz"/><path d="%3$s"/></svg>"""
                    .formatted(-QUIET_ZONE, size, path);
        } catch (WriterException e) {
            throw new IllegalStateException("Too long for a code: " + address.length(), e);
        }
    }
}
