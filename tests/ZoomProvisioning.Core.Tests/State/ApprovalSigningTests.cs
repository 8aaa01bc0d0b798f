// Mono makes no certificates and reads none with a key of their own.
#if !NETFRAMEWORK
using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>Which signature is good: of the right key or certificate, while it was valid, over just what the approval says.</summary>
public sealed class ApprovalSigningTests : IDisposable
{
    private static readonly DateTimeOffset From = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = From.AddDays(30);

    private readonly string _variable = "ZP_TEST_" + Guid.NewGuid().ToString("N");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(_variable, null);
        _key.Dispose();
    }

    private static ProvisioningApproval Approval(DateTimeOffset at) => new() { PlanId = "0123456789ab", Rule = "Staff", Who = "ada@host", At = at };

    private CertificateRequest Request(string subject = "CN=Ada") => new(subject, _key, HashAlgorithmName.SHA256);

    private X509Certificate2 Certificate(DateTimeOffset from, DateTimeOffset until) => Request().CreateSelfSigned(from, until);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    [InlineData(86400, true)]
    [InlineData(30 * 86400, true)]
    [InlineData((30 * 86400) + 1, false)]
    public void A_certificate_signs_and_is_believed_for_as_long_as_it_is_valid(int seconds, bool isValid)
    {
        var approval = Approval(From.AddSeconds(seconds));
        using var certificate = Certificate(From, Until);
        if (isValid)
        {
            var signed = ApprovalSigning.Sign(approval, certificate);
            Assert.Equal(
                ("certificate", "CN=Ada", certificate.Thumbprint, Convert.ToBase64String(certificate.RawData)),
                (signed.Signature!.Kind, signed.Signature.Subject, signed.Signature.Thumbprint, signed.Signature.Certificate));
            Assert.True(ApprovalSigning.IsValid(signed, null));
        }
        else
        {
            var error = Assert.Throws<ScimStateException>(() => ApprovalSigning.Sign(approval, certificate));
            Assert.Equal(("Zoom.Approval.NoCertificate", "InvalidArgument"), (error.ErrorId, error.Category));
            Assert.StartsWith("The certificate 'CN=Ada' is valid from ", error.Message, StringComparison.Ordinal);
            Assert.StartsWith("Give a certificate of your own", error.RecommendedAction, StringComparison.Ordinal);

            // Whoever has the key can sign all the same, and date the approval as they like.
            using var longer = Certificate(From.AddDays(-1), Until.AddDays(1));
            var signature = ApprovalSigning.Sign(approval, longer).Signature!;
            Assert.False(ApprovalSigning.IsValid(
                approval with { Signature = signature with { Certificate = Convert.ToBase64String(certificate.RawData), Thumbprint = certificate.Thumbprint } },
                null));
        }
    }

    [Fact]
    public void A_certificate_without_its_private_key_signs_nothing()
    {
        using var own = Certificate(From, Until);
        using var bare = Request("CN=Ben").Create(own.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), From, Until, [1, 2]);
        Assert.Equal(
            "The certificate 'CN=Ben' is here without a private key that can sign (RSA or ECDSA).",
            Assert.Throws<ScimStateException>(() => ApprovalSigning.Sign(Approval(From), bare)).Message);
    }

    [Fact]
    public void An_rsa_certificate_signs_as_well()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=Ada", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(From, Until);
        var signed = ApprovalSigning.Sign(Approval(From), certificate);
        Assert.True(ApprovalSigning.IsValid(signed, null));
        Assert.False(ApprovalSigning.IsValid(signed with { Who = "eve@host" }, null));
    }

    public static TheoryData<string, Func<ProvisioningApproval, ProvisioningApproval>, bool> Forgeries => new()
    {
        { "as it was signed", a => a, true },
        { "the thumbprint in small letters", a => With(a, s => s with { Thumbprint = s.Thumbprint!.ToLowerInvariant() }), true },
        { "somebody else", a => a with { Who = "eve@host" }, false },
        { "another thumbprint", a => With(a, s => s with { Thumbprint = "AB" }), false },
        { "no thumbprint", a => With(a, s => s with { Thumbprint = null }), false },
        { "another subject", a => With(a, s => s with { Subject = "CN=Eve" }), false },
        { "another kind", a => With(a, s => s with { Kind = "seal" }), false },
        { "no certificate", a => With(a, s => s with { Certificate = "AAAA" }), false },
        { "a certificate in no Base64", a => With(a, s => s with { Certificate = "?" }), false },
        { "a value in no Base64", a => With(a, s => s with { Value = "?" }), false },
        { "another value", a => With(a, s => s with { Value = "AAAA" }), false },
        { "the other way", a => With(a, s => s with { Kind = "hmac" }), false },
    };

    private static ProvisioningApproval With(ProvisioningApproval approval, Func<ApprovalSignature, ApprovalSignature> change) =>
        approval with { Signature = change(approval.Signature!) };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void What_is_not_as_it_was_signed_is_not_believed(string what, Func<ProvisioningApproval, ProvisioningApproval> forge, bool isValid)
    {
        using var certificate = Certificate(From, Until);
        var signed = ApprovalSigning.Sign(Approval(From.AddDays(1)), certificate);
        Assert.True(ApprovalSigning.IsValid(forge(signed), null) == isValid, what);
    }

    [Fact]
    public void A_shared_key_is_believed_by_whoever_has_the_same_and_was_told_where_it_stands()
    {
        Environment.SetEnvironmentVariable(_variable, "0123456789abcdef");
        var signed = ApprovalSigning.Sign(Approval(From), _variable);
        Assert.Equal(("hmac", null, null, null), (signed.Signature!.Kind, signed.Signature.Subject, signed.Signature.Thumbprint, signed.Signature.Certificate));
        Assert.True(ApprovalSigning.IsValid(signed, _variable));
        Assert.False(ApprovalSigning.IsValid(signed, null));
        Assert.False(ApprovalSigning.IsValid(signed with { Who = "eve@host" }, _variable));
        Assert.False(ApprovalSigning.IsValid(With(signed, s => s with { Value = string.Empty }), _variable));
        Assert.False(ApprovalSigning.IsValid(With(signed, s => s with { Value = Convert.ToBase64String(new byte[33]) }), _variable));
        Environment.SetEnvironmentVariable(_variable, "0123456789abcdeX");
        Assert.False(ApprovalSigning.IsValid(signed, _variable));
    }

    [Theory]
    [InlineData(null, "is not set.")]
    [InlineData("0123456789abcde", "is shorter than 16 characters, and could be guessed.")]
    public void A_key_that_is_not_there_or_could_be_guessed_is_refused(string? key, string message)
    {
        Environment.SetEnvironmentVariable(_variable, key);
        var error = Assert.Throws<ScimStateException>(() => ApprovalSigning.Sign(Approval(From), _variable));
        Assert.Equal(("Zoom.Approval.NoKey", "InvalidArgument"), (error.ErrorId, error.Category));
        Assert.Contains($"'{_variable}'", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Set the variable, here and where plans are approved,", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Throws<ScimStateException>(() => ApprovalSigning.IsValid(
            Approval(From) with { Signature = new ApprovalSignature("hmac", "AAAA") }, _variable));
    }
}
#endif
