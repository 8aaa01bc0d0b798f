using System;
using Xunit;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Engine.Tests;

public sealed class ProfileFormatTests
{
    private readonly IProfileFormat _format = new EngineFactory().ProfileFormat;

    [Fact]
    public void What_is_written_is_read_again()
    {
        var profile = new ZoomScimProfile("contoso")
        {
            Description = "Grüße an 山田 & Söhne <\"\\>",
            AccountId = "account1",
            ClientId = "client1",
            ScimUri = new Uri("https://api.zoomgov.com/scim2"),
            TokenUri = new Uri("https://zoomgov.com/oauth/token"),
            Proxy = new Uri("http://proxy.example.com:8080"),
            ProxyUseDefaultCredentials = true,
            ProxySecretName = "zoom-proxy",
            MaxRequestsPerSecond = 12.5,
            AllowCreate = false,
            AllowUpdate = false,
            AllowDisable = false,
            AllowDeprovision = false,
            RemoveAction = RemoveAction.Delete,
            SecretVault = "Work",
            SecretName = "zoom",
        };
        var text = _format.Write(profile);
        var read = _format.Read("contoso", text);
        foreach (var property in typeof(ZoomScimProfile).GetProperties())
        {
            Assert.Equal(property.GetValue(profile), property.GetValue(read));
        }

        Assert.Contains("Grüße an 山田", text, StringComparison.Ordinal);
        Assert.Contains("\"allowDeprovision\": false", text, StringComparison.Ordinal);
        Assert.EndsWith(Environment.NewLine, text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var read = _format.Read("contoso", """{"accountId":"a","clientId":"c","secret":{"environmentVariable":"V"}}""");
        Assert.Equal(EngineOptions.DefaultScimUri, read.ScimUri);
        Assert.Equal(EngineOptions.DefaultTokenUri, read.TokenUri);
        Assert.True(read is { AllowCreate: true, AllowUpdate: true, AllowDisable: true, AllowDeprovision: true, RemoveAction: RemoveAction.Disable });
        Assert.Equal("V", read.SecretVariable);
        Assert.DoesNotContain("proxy", _format.Write(read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"accountId":"a","clientSecret":"s3cr3t"}""", "clientSecret")]
    [InlineData("""{"accountId":"a","allowDeprovison":false}""", "allowDeprovison")]
    [InlineData("""{"accountId":"a","allowCreate":"s3cr3t"}""", "allowCreate")]
    [InlineData("""{"accountId":"a","removeAction":"s3cr3t"}""", "removeAction")]
    [InlineData("""{"accountId":"a","secret":{"value":"s3cr3t"}}""", "secret.value")]
    [InlineData("""{"accountId":"a","secret":"s3cr3t"}""", "secret")]
    [InlineData("{", "line 1")]
    [InlineData("", "line 1")]
    [InlineData("null", "empty")]
    [InlineData("s3cr3t", "line 1")]
    public void What_is_wrong_is_named_and_its_value_is_not(string text, string place)
    {
        var error = Assert.Throws<FormatException>(() => _format.Read("contoso", text));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", error.ToString(), StringComparison.Ordinal);
    }
}
