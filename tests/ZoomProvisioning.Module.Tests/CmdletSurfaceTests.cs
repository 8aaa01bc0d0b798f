using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>What an admin sees of the cmdlets, held to PowerShell's conventions and to design section 5.</summary>
public class CmdletSurfaceTests
{
    private static readonly string[] CommonParameters =
    [
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable", "WarningVariable",
        "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable", "WhatIf", "Confirm", "UseTransaction",
        "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf", "usetx",
    ];

    public static TheoryData<string> Cmdlets => [.. CmdletInfo.All.Select(c => c.Name)];

    [Fact]
    public void There_are_cmdlets() => Assert.NotEmpty(CmdletInfo.All);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_verb_is_approved(string name)
    {
        var approved = from type in StagedModule.PowerShell.GetTypes()
                       where type.IsPublic && type.Name.StartsWith("Verbs", StringComparison.Ordinal)
                       from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
                       where field.IsLiteral
                       select (string)field.GetRawConstantValue()!;
        Assert.Contains(Cmdlet(name).Verb, approved);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_noun_begins_with_Zoom_and_is_singular(string name) => Assert.Matches("^Zoom[A-Z][A-Za-z]*[^s]$", Cmdlet(name).Noun);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_class_is_called_as_the_cmdlet_and_sealed(string name)
    {
        var cmdlet = Cmdlet(name);
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
        Assert.True(cmdlet.Type is { IsPublic: true, IsSealed: true });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Whatever_changes_something_can_be_tried_with_WhatIf(string name)
    {
        var cmdlet = Cmdlet(name);
        // Making a plan changes nothing.
        if (name != "New-ZoomProvisioningPlan" && (cmdlet.Verb is "New" or "Set" or "Remove" or "Add" or "Sync" or "Invoke" or "Clear"))
        {
            Assert.True(cmdlet.SupportsShouldProcess);
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Reading_never_asks(string name)
    {
        var cmdlet = Cmdlet(name);
        if (cmdlet.Verb is "Get" or "Test")
        {
            Assert.False(cmdlet.SupportsShouldProcess);
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Removing_asks_by_default_and_nothing_else_does(string name)
    {
        const int High = 3;
        var cmdlet = Cmdlet(name);
        // A plan may remove people, and an approval lets it.
        Assert.Equal(
            cmdlet.Verb is "Remove" or "Undo" or "Approve" || name is "Sync-ZoomScimUser" or "Invoke-ZoomProvisioningPlan",
            cmdlet.ConfirmImpact == High);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_output_is_declared_with_a_public_type_that_scripts_can_name(string name)
    {
        var cmdlet = Cmdlet(name);
        if (name is "Disconnect-ZoomScim" or "Remove-ZoomScimProfile")
        {
            Assert.Empty(cmdlet.OutputTypes);
            return;
        }

        Assert.NotEmpty(cmdlet.OutputTypes);
        if (name == "Register-ZoomProvisioningTask")
        {
            // What it prints is for a scheduler's file, or for somebody's eyes.
            Assert.All(cmdlet.OutputTypes, t => Assert.Equal("System.String", t.FullName));
            return;
        }

        if (cmdlet.Verb == "Export")
        {
            // What PowerShell's own cmdlets give for a file.
            Assert.All(cmdlet.OutputTypes, t => Assert.Equal("System.IO.FileInfo", t.FullName));
            return;
        }

        Assert.All(cmdlet.OutputTypes, t => Assert.True(t.IsPublic && t.Assembly.GetName().Name is "ZoomProvisioning.Core" or "ZoomProvisioning", t.FullName));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_that_works_on_a_connection_takes_one(string name)
    {
        var cmdlet = Cmdlet(name);
        var connection = cmdlet.Parameters.SingleOrDefault(p => p.Name == "Connection");
        if (name is "Connect-ZoomScim" or "Get-ZoomScimConnection" || cmdlet.Noun == "ZoomScimProfile")
        {
            // They make connections, and look for them by name; profiles are what connections are made from.
            Assert.Null(connection);
            Assert.Contains(cmdlet.Parameters, p => p.Name == "Name");
            return;
        }

        if (name is "Register-ZoomProvisioningTask" or "New-ZoomProvisioningRule" or "Get-ZoomProvisioningRule" or "Set-ZoomProvisioningRule"
            or "Export-ZoomProvisioningPlan" or "Approve-ZoomProvisioningPlan" or "Import-ZoomProvisioningPlan" or "Export-ZoomProvisioningReport"
            or "Test-ZoomProvisioningNotification")
        {
            // Rules, saved plans and reports are files; no account is asked for them.
            Assert.Null(connection);
            return;
        }

        Assert.NotNull(connection);
        Assert.Equal("ZoomProvisioning.Connections.ZoomScimConnection", connection.Type.FullName);
        Assert.False(connection.IsMandatory, "The default is the runspace's own connection.");
        Assert.Contains("ConnectionTransformationAttribute", connection.Attributes);
        Assert.Contains("ArgumentCompleterAttribute", connection.Attributes);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void No_parameter_is_or_begins_a_common_one(string name) => Assert.All(
        Cmdlet(name).Parameters.SelectMany(p => p.Names),
        own => Assert.DoesNotContain(CommonParameters, common => common.StartsWith(own, StringComparison.OrdinalIgnoreCase)));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Names_and_aliases_are_used_once(string name)
    {
        var names = Cmdlet(name).Parameters.SelectMany(p => p.Names).ToList();
        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
        Assert.All(names, n => Assert.Matches("^[A-Z][A-Za-z]*$", n));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void No_name_begins_another_one_of_the_same_cmdlet(string name)
    {
        // The longer one, when it is abbreviated, would silently be the shorter one. A switch may have companions named
        // after it (-Simulator, -SimulatorRate), and -Proxy has those of PowerShell's own web cmdlets.
        var parameters = Cmdlet(name).Parameters;
        var values = parameters.Where(p => p.Type.Name != "SwitchParameter" && p.Name != "Proxy").Select(p => p.Name);
        Assert.All(values, n => Assert.DoesNotContain(parameters, other => other.Name != n && other.Name.StartsWith(n, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_secret_is_never_a_plain_text(string name) => Assert.All(
        // The name of a place is no secret, and a switch holds none.
        Cmdlet(name).Parameters
            .Where(p => p.Type.Name != "SwitchParameter")
            .Where(p => Regex.IsMatch(p.Name, "Secret(?!Vault|Name|Variable)|Password|Credential|Token$|Key$")),
        p => Assert.Contains(p.Type.FullName, new[] { "System.Security.SecureString", "System.Management.Automation.PSCredential" }));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_can_be_set_and_has_a_type_scripts_can_see(string name) => Assert.All(Cmdlet(name).Parameters, p =>
    {
        Assert.True(p.CanBeSet, p.Name);
        var type = p.Type.IsArray ? p.Type.GetElementType()! : p.Type;
        Assert.True(type.IsPublic || type.IsNestedPublic, p.Name);
    });

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Positions_are_given_out_once_in_each_parameter_set(string name)
    {
        var cmdlet = Cmdlet(name);
        var places = cmdlet.Parameters.SelectMany(p => p.Places).ToList();
        foreach (var set in places.Select(p => p.Set).Distinct())
        {
            var positions = places.Where(p => (p.Set == set || p.Set is null) && p.Position is not null).Select(p => p.Position!.Value).ToList();
            Assert.Equal(positions.Distinct(), positions);
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Several_parameter_sets_have_a_default_among_them(string name)
    {
        var cmdlet = Cmdlet(name);
        var sets = cmdlet.Parameters.SelectMany(p => p.Places).Select(p => p.Set).OfType<string>().Distinct().ToList();
        if (sets.Count > 1)
        {
            Assert.NotNull(cmdlet.DefaultParameterSet);
        }
    }

    [Theory]
    [MemberData(nameof(BulkCmdlets))]
    public void Only_the_record_itself_comes_down_the_pipeline(string name)
    {
        // Explicit parameters with a pipeline binding would take values from records behind the reader's back.
        var cmdlet = Cmdlet(name);
        Assert.Equal(["InputObject"], cmdlet.Parameters.Where(p => p.TakesPipeline).Select(p => p.Name));
        Assert.DoesNotContain(cmdlet.Parameters, p => p.TakesPipelineByName);
    }

    public static TheoryData<string> BulkCmdlets => [.. CmdletInfo.All.Where(c => c.Derives("ZoomProvisioning.Hosting.BulkCmdlet")).Select(c => c.Name)];

    [Fact]
    public void The_user_cmdlets_are_bulk_cmdlets() => Assert.All(
        // Sync- and Compare-ZoomScimUser decide about a whole source at once.
        CmdletInfo.All.Where(c => c.Noun == "ZoomScimUser" && c.Verb is not ("Sync" or "Compare")).Select(c => c.Name),
        n => Assert.Contains(n, (IEnumerable<string>)[.. CmdletInfo.All.Where(c => c.Derives("ZoomProvisioning.Hosting.BulkCmdlet")).Select(c => c.Name)]));

    [Fact]
    public void Connect_has_every_parameter_of_the_design() => Assert.Subset(
        Cmdlet("Connect-ZoomScim").Parameters.Select(p => p.Name).ToHashSet(),
        new HashSet<string>
        {
            "AccountId", "ClientId", "ClientSecret", "Credential", "EnvironmentVariable", "AccessToken", "Simulator", "ScimUri", "TokenUri", "Name",
            "AllowCreate", "AllowUpdate", "AllowDisable", "AllowDeprovision", "RemoveAction", "MaxRequestsPerSecond", "Proxy", "SkipTest", "PassThru",
        });

    private static CmdletInfo Cmdlet(string name) => CmdletInfo.All.Single(c => c.Name == name);
}
