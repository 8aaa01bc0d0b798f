using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Files;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>What a plan has read, a user a line and sealed by a hash as a ledger is. It only spares reading, so a damaged one is none.</summary>
internal static class ReadsFile
{
    public const string Name = "reads.json";
    private const string Users = "users";

    public static void Write(string folder, AccountReads reads) => AtomicFile.Write(Path.Combine(folder, Name), stream =>
    {
        using var lines = new SealedLinesWriter(stream);
        lines.Begin(new ReadsBody { Account = reads.Account, ReadAt = reads.ReadAt }, StateJsonContext.Default.ReadsBody, Users);
        lines.Items(reads.Users.Select(u => u.Attributes), StateJsonContext.Default.ScimObject);
        lines.End();
    });

    /// <summary>Reads them; null when there are none that can be used.</summary>
    public static AccountReads? Find(string folder)
    {
        var file = PrivateFiles.Target(Path.Combine(folder, Name));
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var stream = JournalReader.OpenShared(file);
            using var lines = new SealedLinesReader(stream);
            var head = lines.Head(StateJsonContext.Default.ReadsBody);
            var users = new List<ScimUser>();
            while (lines.TryRead(out _, out var item))
            {
                var user = JsonSerializer.Deserialize(item, StateJsonContext.Default.ScimObject) ?? throw new JsonException();
                user.Pack();
                users.Add(new ScimUser(user, UserDetail.Read));
            }

            return lines.Hash is null ? null : new AccountReads(head.Account, head.ReadAt, users);
        }
        catch (Exception exception) when (StoredJson.IsDamage(exception) || exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Delete(string folder)
    {
        try
        {
            File.Delete(Path.Combine(folder, Name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever is in the ledger is not looked for here, and in a day nobody is.
        }
    }
}
