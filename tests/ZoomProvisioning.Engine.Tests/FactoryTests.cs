using System;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Tests;

public sealed class FactoryTests
{
    [Theory]
    [InlineData("http://api.zoom.us/scim2")]
    [InlineData("http://10.0.0.1/scim2")]
    [InlineData("ftp://api.zoom.us/scim2")]
    [InlineData("file:///scim2")]
    [InlineData("https://user:password@api.zoom.us/scim2")]
    [InlineData("http://127.0.0.1.evil.example/scim2")]
    public void An_address_must_be_https(string address)
    {
        Assert.Throws<ArgumentException>(() => Connect(address, EngineOptions.DefaultTokenUri.AbsoluteUri));
        Assert.Throws<ArgumentException>(() => Connect(EngineOptions.DefaultScimUri.AbsoluteUri, address));
    }

    [Theory]
    [InlineData("https://api.zoomgov.com/scim2")]
    [InlineData("http://127.0.0.1:5000/scim2")]
    [InlineData("http://localhost:5000/scim2")]
    [InlineData("http://[::1]:5000/scim2")]
    public void Or_this_machine(string address) => Connect(address, address).Dispose();

    [Fact]
    public void A_relative_address_is_refused() =>
        Assert.Throws<ArgumentException>(() => new EngineFactory().Connect(With(new Uri("/scim2", UriKind.Relative), EngineOptions.DefaultTokenUri)));

    [Theory]
    [InlineData(null, "client", "secret", "account id")]
    [InlineData("account", "", "secret", "client id")]
    [InlineData("account", "client", "", "client secret")]
    public void A_credential_that_is_missing_is_named(string? account, string? client, string secret, string missing)
    {
        var error = Assert.Throws<ArgumentException>(() => new EngineFactory().Connect(new EngineOptions
        {
            AccountId = account,
            ClientId = client,
            ClientSecret = Fixture.Secure(secret),
        }));
        Assert.Contains(missing, error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc\r\n")]
    [InlineData("Bearer abc")]
    public void A_ready_token_must_be_one(string token)
    {
        var error = Assert.Throws<ArgumentException>(() => new EngineFactory().Connect(new EngineOptions { AccessToken = Fixture.Secure(token) }));
        Assert.DoesNotContain("abc", error.Message);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_must_be_a_rate(double rate) => Assert.Throws<ArgumentException>(() => new EngineFactory().Connect(new EngineOptions
    {
        AccessToken = Fixture.Secure("token"),
        MaxRequestsPerSecond = rate,
    }));

    private static IScimService Connect(string scim, string token) => new EngineFactory().Connect(With(new Uri(scim), new Uri(token)));

    private static EngineOptions With(Uri scim, Uri token) => new()
    {
        ScimUri = scim,
        TokenUri = token,
        AccountId = "account",
        ClientId = "client",
        ClientSecret = Fixture.Secure("secret"),
    };
}
