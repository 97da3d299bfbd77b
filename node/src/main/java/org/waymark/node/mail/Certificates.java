// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Believes certain certificates and no others.
final class Certificates {

    private Certificates() {}

    /// @param file one or more, PEM
    /// @throws UnusableCertificateException when there is none in it
    static SSLSocketFactory onlyThese(Path file) {
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var it : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("mail-" + store.size(), it);
            }
            if (store.size() == 0) {
                throw new UnusableCertificateException(new IOException("No certificate"));
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusableCertificateException(e);
        }
    }
}
