using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace ZoomProvisioning.Engine.Ldap;

/// <summary>Certificates of a file (PEM) that alone are trusted to sign a server's.</summary>
internal sealed class CertificateRoots
{
    private static readonly Regex Pem = new("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----", RegexOptions.CultureInvariant);

    private readonly X509Certificate2Collection _roots;

    private CertificateRoots(X509Certificate2Collection roots) => _roots = roots;

    /// <summary>Reads the file.</summary>
    /// <exception cref="ScimNotConnectedException">It cannot be read, or has no certificate.</exception>
    public static CertificateRoots In(string path)
    {
        try
        {
            var roots = new X509Certificate2Collection();
            foreach (var encoded in Pem.Matches(File.ReadAllText(path)).Cast<Match>())
            {
                roots.Add(new X509Certificate2(Convert.FromBase64String(encoded.Groups[1].Value)));
            }

            return roots.Count > 0 ? new CertificateRoots(roots) : throw Unusable(path, "it has no certificate in it", null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or CryptographicException)
        {
            throw Unusable(path, exception.Message, exception);
        }
    }

    /// <summary>Whether a certificate is signed by one of them; <paramref name="chain"/> then says what else is wrong.</summary>
    public bool Signs(X509Certificate2 certificate, X509Chain chain)
    {
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
#if NETFRAMEWORK
        chain.ChainPolicy.ExtraStore.AddRange(_roots);
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        return chain.Build(certificate)
            && _roots.Cast<X509Certificate2>().Any(r => r.Thumbprint == chain.ChainElements[chain.ChainElements.Count - 1].Certificate.Thumbprint);
#else
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        return chain.Build(certificate);
#endif
    }

    private static ScimNotConnectedException Unusable(string path, string why, Exception? inner) =>
        new("Zoom.Directory.NoCertificateFile", $"The certificate file '{path}' cannot be used: {why.TrimEnd('.')}.", inner)
        {
            Category = "InvalidData",
            RecommendedAction = "Give a PEM file: it begins with -----BEGIN CERTIFICATE-----. A DER file (.cer, .crt) is made one by: "
                + "openssl x509 -inform der -in FILE -out FILE.pem.",
        };
}
