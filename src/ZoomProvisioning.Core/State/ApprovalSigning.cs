using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>Signs approvals and checks signatures: with a certificate, or with a key that stands in an environment variable.</summary>
internal static class ApprovalSigning
{
    private const int LeastKeyLength = 16;

    /// <summary>Signs with a certificate.</summary>
    /// <exception cref="ScimStateException">It has no private key that can sign, or is not valid now.</exception>
    public static ProvisioningApproval Sign(ProvisioningApproval approval, X509Certificate2 certificate)
    {
        if (approval.At < certificate.NotBefore || approval.At > certificate.NotAfter)
        {
            throw NoCertificate($"The certificate '{certificate.Subject}' is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u} only.");
        }

        try
        {
            var value = certificate.GetRSAPrivateKey() is { } rsa ? rsa.SignData(Bytes(approval), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : certificate.GetECDsaPrivateKey() is { } curve ? curve.SignData(Bytes(approval), HashAlgorithmName.SHA256)
                : throw NoCertificate($"The certificate '{certificate.Subject}' is here without a private key that can sign (RSA or ECDSA).");
            return approval with
            {
                Signature = new ApprovalSignature(ApprovalSignature.OfCertificate, Convert.ToBase64String(value))
                {
                    Subject = certificate.Subject,
                    Thumbprint = certificate.Thumbprint,
                    Certificate = Convert.ToBase64String(certificate.RawData),
                },
            };
        }
        catch (CryptographicException exception)
        {
            throw NoCertificate($"Nothing can be signed with the certificate '{certificate.Subject}': {exception.Message}");
        }
    }

    /// <summary>Signs with the key in an environment variable.</summary>
    /// <exception cref="ScimStateException">There is none in it, or one that is too short.</exception>
    public static ProvisioningApproval Sign(ProvisioningApproval approval, string keyVariable) => approval with
    {
        Signature = new ApprovalSignature(ApprovalSignature.OfKey, Convert.ToBase64String(Code(approval, keyVariable))),
    };

    /// <summary>Whether a signature is that of what stands over it.</summary>
    /// <param name="approval">The approval, with a signature.</param>
    /// <param name="keyVariable">The variable with the shared key; null where nobody named one.</param>
    /// <exception cref="ScimStateException">The key is needed and is not there.</exception>
    public static bool IsValid(ProvisioningApproval approval, string? keyVariable)
    {
        try
        {
            var signature = approval.Signature!;
            var value = Convert.FromBase64String(signature.Value);
            if (signature.Kind == ApprovalSignature.OfKey)
            {
                return keyVariable is not null && AreSame(value, Code(approval, keyVariable));
            }

            using var certificate = new X509Certificate2(Convert.FromBase64String(signature.Certificate ?? string.Empty));
            // Who it names and which it is are those of the certificate that comes along, not what stands beside it.
            return signature.Kind == ApprovalSignature.OfCertificate
                && string.Equals(certificate.Thumbprint, signature.Thumbprint, StringComparison.OrdinalIgnoreCase)
                && certificate.Subject == signature.Subject
                && approval.At >= certificate.NotBefore && approval.At <= certificate.NotAfter
                && (certificate.GetRSAPublicKey() is { } rsa
                    ? rsa.VerifyData(Bytes(approval), value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                    : certificate.GetECDsaPublicKey() is { } curve && curve.VerifyData(Bytes(approval), value, HashAlgorithmName.SHA256));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Bytes(ProvisioningApproval approval) => Encoding.ASCII.GetBytes(approval.Digest);

    private static byte[] Code(ProvisioningApproval approval, string keyVariable)
    {
        var key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(keyVariable) ?? string.Empty);
        if (key.Length < LeastKeyLength)
        {
            throw new ScimStateException("Zoom.Approval.NoKey", key.Length == 0
                ? $"The environment variable '{keyVariable}', which is to hold the key that approvals are signed with, is not set."
                : $"The key in the environment variable '{keyVariable}' is shorter than {LeastKeyLength} characters, and could be guessed.")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Set the variable, here and where plans are approved, to the same random text of 32 characters or more.",
            };
        }

        using var code = new HMACSHA256(key);
        return code.ComputeHash(Bytes(approval));
    }

    // As long for the first wrong byte as for the last.
    private static bool AreSame(byte[] left, byte[] right)
    {
        var difference = left.Length ^ right.Length;
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            difference |= left[i] ^ right[i];
        }

        return difference == 0;
    }

    private static ScimStateException NoCertificate(string message) => new("Zoom.Approval.NoCertificate", message)
    {
        Category = "InvalidArgument",
        RecommendedAction = "Give a certificate of your own with its private key: Get-Item Cert:\\CurrentUser\\My\\<thumbprint>, or Get-PfxCertificate.",
    };
}
