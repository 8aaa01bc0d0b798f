using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Rules;

/// <summary>Reads and writes whom a rule tells of its runs (notify).</summary>
internal sealed class NotifyRules
{
    private const int MostPorts = 65_535;

    private static readonly Regex Address = new(@"^[^\s@<>,;:""]+@[^\s@<>,;:""]+$", RegexOptions.CultureInvariant);
    private static readonly Regex ServerName = new(@"^[\p{L}\p{N}.\-_]+$|^\[?[0-9A-Fa-f:.]+\]?$", RegexOptions.CultureInvariant);

    private readonly RuleMistakes _mistakes;

    public NotifyRules(RuleMistakes mistakes) => _mistakes = mistakes;

    /// <summary>Whom it tells; null for nobody.</summary>
    public NotifySettings? Read(RuleNode? node)
    {
        if (node is null or { Kind: RuleNodeKind.Null })
        {
            return null;
        }

        var table = new RuleTable(node, RuleSettings.Notify, RuleSettings.OfNotify, _mistakes);
        var command = table[RuleSettings.Command];
        var settings = new NotifySettings
        {
            On = ReadWhen(table),
            Webhook = ReadWebhook(table[RuleSettings.Webhook], table.PathOf(RuleSettings.Webhook)),
            Mail = ReadMail(table[RuleSettings.Mail], table.PathOf(RuleSettings.Mail)),
            Command = command is null or { Kind: RuleNodeKind.Null } ? null
                : new CommandTarget(OwnSourceRules.Run(command, table.PathOf(RuleSettings.Command), _mistakes)),
        };
        if (node.Kind == RuleNodeKind.Table && table.Given([RuleSettings.Webhook, RuleSettings.Mail, RuleSettings.Command]).Count == 0)
        {
            _mistakes.Add(node, RuleSettings.Notify, "nothing says who is told (webhook, mail or command)");
        }

        return settings;
    }

    /// <summary>Whether a rule as it is written names anybody to be told. What is no table is left to the reader, who says what is wrong.</summary>
    public static bool TellsSomebody(RuleNode rule) => rule.Entries
        .Where(e => string.Equals(e.Key, RuleSettings.Notify, StringComparison.OrdinalIgnoreCase))
        .All(e => e.Value.Kind != RuleNodeKind.Table
            || e.Value.Entries.Any(t => !string.Equals(t.Key, RuleSettings.On, StringComparison.OrdinalIgnoreCase)));

    /// <summary>As it is written.</summary>
    public static RuleNode? Write(NotifySettings? notify)
    {
        if (notify is null)
        {
            return null;
        }

        var entries = new RuleEntries();
        entries.Add(RuleSettings.On, notify.On == NotifySettings.Usual ? null : RuleNode.Of(
            RuleSettings.Moments.Where((_, i) => (notify.On & (NotifyWhen)(1 << i)) != 0).Select(RuleNode.Of)));
        if (notify.Webhook is { } webhook)
        {
            var of = new RuleEntries();
            of.Add(RuleSettings.UrlVariable, RuleNode.Of(webhook.UrlVariable));
            of.Add(RuleSettings.Format, webhook.Format == WebhookFormat.Json ? null : RuleNode.Of(RuleSettings.Formats[(int)webhook.Format]));
            of.Add(RuleSettings.TokenVariable, webhook.TokenVariable is { } token ? RuleNode.Of(token) : null);
            entries.Add(RuleSettings.Webhook, RuleNode.Of(of));
        }

        if (notify.Mail is { } mail)
        {
            var of = new RuleEntries();
            of.Add(RuleSettings.Server, RuleNode.Of(mail.Server));
            of.Add(RuleSettings.Port, mail.Port == MailTarget.PortOf(mail.Security) ? null : RuleNode.Of(mail.Port));
            of.Add(RuleSettings.Security, mail.Security == MailSecurity.StartTls ? null : RuleNode.Of(RuleSettings.Securities[(int)mail.Security]));
            of.Add(RuleSettings.From, RuleNode.Of(mail.From));
            of.Add(RuleSettings.To, RuleNode.Of(mail.To.Select(RuleNode.Of)));
            of.Add(RuleSettings.User, mail.User is { } user ? RuleNode.Of(user) : null);
            of.Add(RuleSettings.PasswordVariable, mail.PasswordVariable is { } password ? RuleNode.Of(password) : null);
            entries.Add(RuleSettings.Mail, RuleNode.Of(of));
        }

        entries.Add(RuleSettings.Command, notify.Command is { } command ? RuleNode.Of(command.Run.Select(RuleNode.Of)) : null);
        return RuleNode.Of(entries);
    }

    private NotifyWhen ReadWhen(RuleTable table)
    {
        var node = table[RuleSettings.On];
        if (node is null)
        {
            return NotifySettings.Usual;
        }

        var when = NotifyWhen.None;
        foreach (var (item, path, _) in _mistakes.Texts(node, table.PathOf(RuleSettings.On)))
        {
            if (_mistakes.Choice(item, path, RuleSettings.Moments) is { } word)
            {
                when |= (NotifyWhen)(1 << RuleSettings.Moments.ToList().IndexOf(word));
            }
        }

        if (node is { Kind: RuleNodeKind.List, Items.Count: 0 })
        {
            _mistakes.Add(node, table.PathOf(RuleSettings.On), $"nothing says when; there are {string.Join(", ", RuleSettings.Moments)}");
        }

        return when;
    }

    private WebhookTarget? ReadWebhook(RuleNode? node, string path)
    {
        if (node is null or { Kind: RuleNodeKind.Null })
        {
            return null;
        }

        if (node.Kind == RuleNodeKind.Text && node.Text!.Contains("://"))
        {
            _mistakes.Add(node, path, NoAddress);
            return null;
        }

        var table = new RuleTable(node, path, RuleSettings.OfWebhook, _mistakes);
        var url = Variable(table, RuleSettings.UrlVariable);
        if (node.Kind == RuleNodeKind.Table && table[RuleSettings.UrlVariable] is null)
        {
            _mistakes.Add(node, path, $"nothing says where its address is ({RuleSettings.UrlVariable}); {NoAddress}");
        }

        var format = _mistakes.Choice(table[RuleSettings.Format], table.PathOf(RuleSettings.Format), RuleSettings.Formats) ?? RuleSettings.Formats[0];
        return new WebhookTarget(url ?? string.Empty)
        {
            Format = (WebhookFormat)RuleSettings.Formats.ToList().IndexOf(format),
            TokenVariable = Variable(table, RuleSettings.TokenVariable),
        };
    }

    private MailTarget? ReadMail(RuleNode? node, string path)
    {
        if (node is null or { Kind: RuleNodeKind.Null })
        {
            return null;
        }

        var table = new RuleTable(node, path, RuleSettings.OfMail, _mistakes);
        var server = _mistakes.Text(table[RuleSettings.Server], table.PathOf(RuleSettings.Server), "the name of a mail server") ?? string.Empty;
        if (server.Length > 0 && !ServerName.IsMatch(server))
        {
            _mistakes.Add(
                table[RuleSettings.Server]!,
                table.PathOf(RuleSettings.Server),
                $"'{server}' is no name of a server; the port stands beside it (port)");
        }

        var word = _mistakes.Choice(table[RuleSettings.Security], table.PathOf(RuleSettings.Security), RuleSettings.Securities) ?? RuleSettings.Securities[0];
        var security = (MailSecurity)RuleSettings.Securities.ToList().IndexOf(word);
        if (security == MailSecurity.None && server.Length > 0 && !IsLoopback(server))
        {
            _mistakes.Add(
                table[RuleSettings.Security]!,
                table.PathOf(RuleSettings.Security),
                $"mail goes to '{server}' by startTls or tls; in the clear it goes to this machine itself only");
        }

        var port = _mistakes.Number(table[RuleSettings.Port], table.PathOf(RuleSettings.Port), MailTarget.PortOf(security), MostPorts, whole: true);
        if (port < 1)
        {
            _mistakes.Add(table[RuleSettings.Port]!, table.PathOf(RuleSettings.Port), "0 is not possible here");
        }

        var (from, to) = (Addresses(table, RuleSettings.From), Addresses(table, RuleSettings.To));
        foreach (var missing in node.Kind == RuleNodeKind.Table
            ? new[] { (RuleSettings.Server, "which server sends it"), (RuleSettings.From, "whom it is from"), (RuleSettings.To, "whom it goes to") }
                .Where(s => table[s.Item1] is null or { Kind: RuleNodeKind.List, Items.Count: 0 })
            : [])
        {
            _mistakes.Add(node, path, $"nothing says {missing.Item2} ({missing.Item1})");
        }

        if (from.Count > 1)
        {
            _mistakes.Add(table[RuleSettings.From]!, table.PathOf(RuleSettings.From), "a mail is from one address");
        }

        var user = _mistakes.Text(table[RuleSettings.User], table.PathOf(RuleSettings.User));
        var password = Variable(table, RuleSettings.PasswordVariable);
        if (user is null != password is null && table.Given([RuleSettings.User, RuleSettings.PasswordVariable]) is [{ } alone])
        {
            _mistakes.Add(table[alone]!, table.PathOf(alone), $"{RuleSettings.User} and {RuleSettings.PasswordVariable} go together");
        }

        return new MailTarget(server)
        {
            Security = security,
            Port = (int)Math.Max(1, port),
            From = from.FirstOrDefault() ?? string.Empty,
            To = to,
            User = user,
            PasswordVariable = password,
        };
    }

    /// <summary>Whether a server is this machine itself.</summary>
    public static bool IsLoopback(string server) => string.Equals(server, "localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(server.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));

    private const string NoAddress = "whoever has a webhook's address may write there, so it is kept in an environment variable: "
        + "{ \"urlVariable\": \"STAFF_WEBHOOK\" }";

    private List<string> Addresses(RuleTable table, string setting)
    {
        var found = new List<string>();
        foreach (var (item, path, text) in _mistakes.Texts(table[setting], table.PathOf(setting)))
        {
            if (!Address.IsMatch(text))
            {
                _mistakes.Add(item, path, $"'{text}' is no address; write it as it-team@example.com, several as a list");
            }

            found.Add(text);
        }

        return found;
    }

    private string? Variable(RuleTable table, string setting)
    {
        var (node, path) = (table[setting], table.PathOf(setting));
        var name = _mistakes.Text(node, path, "the name of an environment variable");
        if (name is null || Regex.IsMatch(name, "^[A-Za-z_][A-Za-z0-9_()]*$"))
        {
            return name;
        }

        // What stands here by mistake is most often the secret itself, so it is not repeated.
        _mistakes.Add(
            node!,
            path,
            setting == RuleSettings.UrlVariable && name.Contains("://")
                ? "this is the address itself, and whoever has it may write there: set an environment variable to it, such as STAFF_WEBHOOK, and name that here"
                : "this is no name of an environment variable, which holds the secret in the rule's place, such as STAFF_WEBHOOK");
        return null;
    }
}
