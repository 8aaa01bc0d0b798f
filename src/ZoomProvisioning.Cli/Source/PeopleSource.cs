using System;
using System.IO;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Cli.Source;

/// <summary>Where the people of a run come from, as the command line says: a file, standard input, or a directory.</summary>
/// <param name="Text">What was written; null where the rule is to say it.</param>
internal sealed record PeopleSource(string? Text)
{
    /// <summary>What the command line says of the directory besides its address.</summary>
    public DirectoryChoice Directory { get; init; } = new();

    /// <summary>The file; null for a directory.</summary>
    public FileInfo? File => Text is null || IsAddress ? null : new FileInfo(Text);

    /// <summary>The directory that is named; null where none is.</summary>
    /// <exception cref="ScimRecordException">The address is none.</exception>
    public LdapSettings? Address => IsAddress ? Directory.Over(Parsed()) : null;

    /// <summary>Whether it is the address of a directory.</summary>
    public bool IsAddress => Text is not null && LdapUrl.IsOne(Text);

    private LdapSettings Parsed()
    {
        try
        {
            return LdapUrl.Parse(Text!);
        }
        catch (FormatException exception)
        {
            throw new ScimRecordException("Zoom.Directory.Address", exception.Message, exception)
            {
                Category = "InvalidArgument",
                RecommendedAction = "Write it in quotes: the shell reads ?, & and parentheses itself.",
            };
        }
    }
}
