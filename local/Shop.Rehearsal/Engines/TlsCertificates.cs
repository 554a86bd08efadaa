using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Engines;

/// <summary>A certificate authority of one run, and the certificate for 127.0.0.1 that its servers show. Clients are given the authority, as they are given Aurora's.</summary>
public sealed class TlsCertificates
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private TlsCertificates(string folder)
    {
        Authority = Path.Combine(folder, "ca.pem");
        Certificate = Path.Combine(folder, "server.pem");
        Key = Path.Combine(folder, "server-key.pem");
        NoOthers = Path.Combine(folder, "no-others.pem");
    }

    /// <summary>The file that a client trusts.</summary>
    public string Authority { get; }

    public string Certificate { get; }

    public string Key { get; }

    /// <summary>
    /// An empty file for <c>SSL_CERT_FILE</c>: reading all authorities that the machine trusts costs a cold start 80 ms, and nobody here shows one of theirs.
    /// </summary>
    public string NoOthers { get; }

    /// <summary>Makes new ones in a folder that nobody else may enter. The authority's own key is forgotten at once.</summary>
    public static TlsCertificates Create(string folder, TimeProvider time)
    {
        var files = new TlsCertificates(PrivateFiles.CreateDirectory(folder));
        var from = time.GetUtcNow().AddMinutes(-5);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=rehearsal authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var authority = request.CreateSelfSigned(from, from + Life);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Server(key).Create(authority, from, from + Life, RandomNumberGenerator.GetBytes(16));
        PrivateFiles.Write(files.Authority, authority.ExportCertificatePem());
        PrivateFiles.Write(files.Certificate, certificate.ExportCertificatePem());
        PrivateFiles.Write(files.Key, key.ExportPkcs8PrivateKeyPem());
        PrivateFiles.Write(files.NoOthers, "");
        return files;
    }

    private static CertificateRequest Server(ECDsa key)
    {
        var request = new CertificateRequest("CN=rehearsal server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        return request;
    }
}
