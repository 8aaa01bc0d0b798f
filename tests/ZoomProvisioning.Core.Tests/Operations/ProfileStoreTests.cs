using System;
using System.IO;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>The files of profiles. The folder comes from the environment, so these tests have the process to themselves.</summary>
[Collection("StateRoot")]
public sealed class ProfileStoreTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "zoom-profiles-" + Guid.NewGuid().ToString("N"));
    private readonly string? _before = Environment.GetEnvironmentVariable(StateRoot.Variable);
    private readonly ProfileStore _store = new(new OneLine());

    public ProfileStoreTests() => Environment.SetEnvironmentVariable(StateRoot.Variable, _root);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(StateRoot.Variable, _before);
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    [Fact]
    public void The_folder_is_the_one_the_environment_names_or_the_users_own()
    {
        Assert.Equal(_root, StateRoot.Folder);
        Environment.SetEnvironmentVariable(StateRoot.Variable, " ");
        Assert.EndsWith("ZoomProvisioning", StateRoot.Folder, StringComparison.Ordinal);
        Assert.True(Path.IsPathRooted(StateRoot.Folder));
    }

    [Fact]
    public void Without_a_folder_there_are_no_profiles() => Assert.Empty(ProfileStore.Names());

    [Fact]
    public void Profiles_are_saved_listed_read_and_deleted_in_any_case()
    {
        _store.Write(Profile("beta"));
        _store.Write(Profile("Alpha"));
        Assert.Equal(["Alpha", "beta"], ProfileStore.Names());
        Assert.Equal("Alpha", _store.Read("ALPHA").Name);
        _store.Write(Profile("ALPHA"));
        Assert.Equal(["Alpha", "beta"], ProfileStore.Names());
        ProfileStore.Delete("alpha");
        Assert.Equal(["beta"], ProfileStore.Names());
        Assert.False(ProfileStore.Exists("alpha"));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData(".hidden")]
    [InlineData("with blank")]
    [InlineData("ends.")]
    [InlineData("CON")]
    [InlineData("nul.txt")]
    [InlineData("")]
    [InlineData("x1234567890123456789012345678901234567890123456789012345678901234")]
    public void A_name_that_is_no_file_name_is_refused(string name)
    {
        Refused("Zoom.Profile.InvalidName", () => _store.Write(Profile(name)));
        Assert.False(Directory.Exists(_root));
        Refused("Zoom.Profile.NotFound", () => _store.Read(name));
        Refused("Zoom.Profile.NotFound", () => ProfileStore.Delete(name));
    }

    [Fact]
    public void A_profile_that_is_not_there_is_an_error_that_names_those_that_are()
    {
        _store.Write(Profile("alpha"));
        Assert.Contains("alpha", Refused("Zoom.Profile.NotFound", () => _store.Read("beta")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_profile_is_an_error_that_names_it()
    {
        _store.Write(Profile("alpha"));
        var file = Path.Combine(ProfileStore.Folder, "alpha.json");
        File.WriteAllText(file, "broken");
        Assert.Contains(file, Refused("Zoom.Profile.Unreadable", () => _store.Read("alpha")).RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_that_says_what_to_do()
    {
        File.WriteAllText(_root, "in the way");
        try
        {
            Assert.Contains(
                StateRoot.Variable,
                Refused("Zoom.Profile.FileNotWritten", () => _store.Write(Profile("alpha"))).RecommendedAction,
                StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(_root);
        }
    }

    public static TheoryData<string, ZoomScimProfile> Wrong => new()
    {
        { "account id", new ZoomScimProfile("a") { ClientId = "c", SecretVariable = "V" } },
        { "where the client secret is", new ZoomScimProfile("a") { AccountId = "a", ClientId = "c" } },
        { "where the client secret is", new ZoomScimProfile("a") { AccountId = "a", ClientId = "c", SecretName = "n", SecretVariable = "V" } },
        { "client id", new ZoomScimProfile("a") { AccountId = "a", SecretVariable = "V" } },
        { "0.1 to 1000", new ZoomScimProfile("a") { AccountId = "a", SecretName = "n", MaxRequestsPerSecond = 0 } },
        { "0.1 to 1000", new ZoomScimProfile("a") { AccountId = "a", SecretName = "n", MaxRequestsPerSecond = double.NaN } },
        { "proxy", new ZoomScimProfile("a") { AccountId = "a", SecretName = "n", Proxy = new Uri("http://joe:hunter2@proxy:8080") } },
        { "SCIM", new ZoomScimProfile("a") { AccountId = "a", SecretName = "n", ScimUri = new Uri("scim2", UriKind.Relative) } },
        { "token", new ZoomScimProfile("a") { AccountId = "a", SecretName = "n", TokenUri = new Uri("https://joe:hunter2@zoom.us") } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_settings_are_not_saved(string what, ZoomScimProfile profile)
    {
        var error = Refused("Zoom.Profile.InvalidSetting", () => _store.Write(profile));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(ProfileStore.Names());
    }

    [Fact]
    public void A_variable_that_is_not_set_is_an_error_that_names_it()
    {
        var profile = new ZoomScimProfile("a") { AccountId = "a", ClientId = "c", SecretVariable = "ZOOM_TEST_" + Guid.NewGuid().ToString("N") };
        Assert.Contains(
            profile.SecretVariable!,
            Refused("Zoom.Profile.SecretMissing", () => ProfileSecret.FromVariable(profile)).Message,
            StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(profile.SecretVariable!, " abc ");
        Assert.Equal(3, ProfileSecret.FromVariable(profile).Length);
        Environment.SetEnvironmentVariable(profile.SecretVariable!, null);
    }

    private static ScimException Refused(string errorId, Action action)
    {
        var error = Assert.ThrowsAny<ScimException>(action);
        Assert.Equal(errorId, error.ErrorId);
        Assert.NotEmpty(error.RecommendedAction);
        Assert.NotEqual("NotSpecified", error.Category);
        return error;
    }

    private static ZoomScimProfile Profile(string name) => new(name) { AccountId = "a", ClientId = "c", SecretVariable = "V" };

    /// <summary>The real format is the engine's, and is tested there.</summary>
    private sealed class OneLine : IProfileFormat
    {
        public string Write(ZoomScimProfile profile) => profile.AccountId + "," + profile.ClientId + "," + profile.SecretVariable;

        public ZoomScimProfile Read(string name, string text) => text.Split(',') is { Length: 3 } parts
            ? new ZoomScimProfile(name) { AccountId = parts[0], ClientId = parts[1], SecretVariable = parts[2] }
            : throw new FormatException("it is broken.");
    }
}
