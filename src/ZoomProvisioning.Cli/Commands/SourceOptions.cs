using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using ZoomProvisioning.Cli.Source;

namespace ZoomProvisioning.Cli.Commands;

/// <summary>The options that say where people come from, and how to sign in to a directory.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string?> _user = new("--ldap-user")
    {
        Description = $"The user to sign in to the directory with (else {DirectoryChoice.UserVariable}, else the rule's; "
            + "without any: the Kerberos ticket of this account).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _passwordVariable = new("--ldap-password-variable")
    {
        Description = $"The environment variable that holds its password ({DirectoryChoice.PasswordVariable} where none is named).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _passwordFile = new("--ldap-password-file")
    {
        Description = "The file whose only line is its password.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _certificate = new("--ldap-certificate")
    {
        Description = $"A PEM file with the authority that signs the directory's certificate (else {DirectoryChoice.CertificateVariable}, "
            + "else those this machine trusts).",
        HelpName = "FILE",
    };

    private readonly Option<bool> _anonymous = new("--ldap-anonymous") { Description = "Read the directory as nobody, on purpose." };

    private readonly Option<string?> _source;

    public SourceOptions(string description, string helpName = "FILE|LDAPS-ADDRESS") =>
        _source = new Option<string?>("--source") { Description = description, HelpName = helpName };

    /// <summary>How a file is written. A connection test, which reads none, has not got it.</summary>
    public static Option<string?> Encoding() => new("--encoding")
    {
        Description = "The encoding of the source, such as windows-1252, where it is neither UTF-8 nor UTF-16.",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _source, _user, _passwordVariable, _passwordFile, _certificate, _anonymous })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_passwordVariable) is not null && result.GetValue(_passwordFile) is not null)
            {
                result.AddError("--ldap-password-variable and --ldap-password-file exclude each other: a password has one place.");
            }

            if (result.GetValue(_anonymous) && new Option<string?>[] { _user, _passwordVariable, _passwordFile }.Any(o => result.GetValue(o) is not null))
            {
                result.AddError("--ldap-anonymous reads as nobody, so it goes with no user and no password.");
            }
        });
    }

    /// <summary>Whether a source was named.</summary>
    public bool IsGiven(CommandResult result) => result.GetResult(_source) is not null;

    public PeopleSource Choice(ParseResult parsed) => new(parsed.GetValue(_source))
    {
        Directory = new DirectoryChoice
        {
            User = parsed.GetValue(_user),
            PasswordIn = parsed.GetValue(_passwordVariable),
            PasswordFile = parsed.GetValue(_passwordFile),
            Certificate = parsed.GetValue(_certificate),
            Anonymous = parsed.GetValue(_anonymous),
        },
    };
}
