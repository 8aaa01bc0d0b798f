using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Input;

/// <summary>
/// The headings of files: those of the exports people use (Workday, SAP, BambooHR, Personio, Google, Okta, OneLogin, JumpCloud,
/// Microsoft 365, Exchange, csvde, LDIF) and what people write by hand, in the languages they come in. The first one of an
/// attribute that has a value wins.
/// </summary>
internal static class GenericHeadings
{
    private const string MailColumns =
        "Email|EmailAddress|Mail|E-Mail-Adresse|Email Address [Required]|Work Email|Work Email Address|WorkEmail|Business Email"
        + "|Business Email Address|Company Email|Corporate Email|Office Email|Email (Work)|Email - Work|Email - Primary Work"
        + "|Primary Work Email|Primary Email|Primary Email Address|PrimaryEmail|Email Primary|PrimarySmtpAddress|Primary SMTP Address"
        + "|WindowsEmailAddress|Internet Address|user.email|profile.email|Emails|E-mail 1 - Value|Email ID|Mail ID|Official Email|Employee Email"
        + "|E-Mail (geschäftlich)|Geschäftliche E-Mail|E-Mail geschäftlich|Dienstliche E-Mail|E-Mail dienstlich|Mailadresse|Emailadresse"
        + "|Adresse e-mail|Adresse email|Adresse de messagerie|Adresse mail|Courriel|Adresse électronique|E-mail professionnel|Email professionnel"
        + "|Correo|Correo electrónico|Correo electronico|Dirección de correo|Dirección de correo electrónico|Correo corporativo|Email corporativo"
        + "|Posta elettronica|Indirizzo e-mail|Indirizzo email|Indirizzo di posta elettronica|Email aziendale|E-mailadres|Emailadres"
        + "|Zakelijk e-mailadres|Werk e-mail|E-mail werk"
        + "|Endereço de e-mail|Endereço de email|E-mail corporativo|Correio eletrónico|Adres e-mail|Adres email|Służbowy adres e-mail"
        + "|E-mail służbowy|E-postadress|E-post|Epost|Mejladress|Jobbmejl|E-mailadresse"
        + "|メール|メールアドレス|電子メール|電子メール アドレス|会社メールアドレス|邮箱|电子邮件|工作邮箱|이메일|이메일 주소|Электронная почта|Почта";

    private const string SignInColumns =
        "UPN|UserPrincipalName|User principal name|Login|user.login|profile.login|Sign-in name|SignInName|Benutzerprinzipalname"
        + "|Nom d'utilisateur principal|Nombre principal de usuario|Nombre principal del usuario|Nome principale utente"
        + "|Nome dell'entità utente|Principal-naam van gebruiker|Nome principal do usuário|Nome principal do utilizador|Główna nazwa użytkownika"
        + "|Användarens huvudnamn|Brugerens hovednavn|ユーザー プリンシパル名|用户主体名称";

    /// <summary>The headings of mail addresses.</summary>
    public static IReadOnlyList<string> Mail { get; } = MailColumns.Split('|');

    /// <summary>The headings of sign-in names that need not be mail addresses.</summary>
    public static IReadOnlyList<string> SignIn { get; } = SignInColumns.Split('|');

    /// <summary>The headings of lists in which one address is marked as the primary one.</summary>
    public static IReadOnlyList<string> ProxyAddresses { get; } =
    [
        "Proxy addresses", "EmailAddresses", "Proxyadressen", "Adresses proxy", "Direcciones de proxy", "Indirizzi proxy",
        "Endereços de proxy",
    ];

    /// <summary>The headings by attribute.</summary>
    public static Dictionary<string, string[]> Table { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UserName"] =
        [
            "UserName", .. Mail, .. ProxyAddresses, .. SignIn, "Benutzername", "Nom d'utilisateur", "Nombre de usuario", "Nome utente",
            "Gebruikersnaam", "Nome de usuário", "Nazwa użytkownika", "Användarnamn", "ユーザー名",
        ],
        ["Email"] = [.. Mail],
        ["GivenName"] = Of("GivenName|FirstName|Forename|First Name [Required]|Legal First Name|Legal Name - First Name|Name First|First"
            + "|user.firstName|profile.firstName|givenName (LDAP)"
            + "|Vorname|Rufname|Prénom|Prenom|Nombre|Nombre de pila|Primer nombre|Nome|Nome proprio|Primeiro nome|Voornaam|Roepnaam|Imię|Förnamn"
            + "|Fornavn|Etunimi|Jméno|Keresztnév|Имя|名|名前（名）|名 (名前)|名字|이름"),
        ["FamilyName"] = Of("FamilyName|LastName|Surname|sn|Last Name [Required]|Legal Last Name|Legal Name - Last Name|Name Last|Last|user.lastName"
            + "|profile.lastName"
            + "|Nachname|Familienname|Zuname|Nom|Nom de famille|Apellido|Apellidos|Primer apellido|Cognome|Sobrenome|Apelido|Último nome|Achternaam"
            + "|Familienaam|Nazwisko|Efternamn|Etternavn|Efternavn|Sukunimi|Příjmení|Vezetéknév|Soyad|Фамилия|姓|姓 (名字)|성"),
        ["DisplayName"] = Of("DisplayName|Display name|Preferred Display Name|Anzeigename|Nom complet|Nom d'affichage|Nom affiché"
            + "|Nombre para mostrar|Nombre completo|Nome visualizzato|Weergavenaam|Nome de exibição|Nome para exibição|Nazwa wyświetlana"
            + "|Visningsnamn|Visningsnavn|Vist navn|表示名|显示名称|표시 이름"),
        ["Active"] = ["Active", "Enabled", "AccountEnabled", "IsActive"],
        ["UserType"] = ["UserType"],
        [MappingPreset.LicenseName] = ["License", "Licenses", "LicenseType", "Licence", "Licences", "LicenceType"],
        ["Roles"] = ["Roles", "Role"],
        ["Title"] = Of("Title|JobTitle|Job Title|Business Title|Position|Position Title|Job|Job Name|Employee Title|Designation|Job Profile"
            + "|user.title|Organization 1 - Title"
            + "|Stellenbezeichnung|Funktion|Berufsbezeichnung|Planstelle|Tätigkeit|Fonction|Poste|Intitulé du poste|Titre|Cargo|Puesto|Título"
            + "|Qualifica|Mansione|Posizione|Functie|Functietitel|Functieomschrijving|Stanowisko|Befattning|Stilling|Jobtitel|Tehtävänimike|Titel"
            + "|Должность|役職|職位|肩書|职位|직위|직책"),
        ["Department"] = Of("Department|Dept|Department Name|Dept Name|user.department|Organization 1 - Department"
            + "|Abteilung|Organisationseinheit|Département|Departamento|Dipartimento|Reparto|Ufficio appartenenza|Afdeling|Dział|Avdelning|Avdeling"
            + "|Osasto|Oddělení|Отдел|部署|部門|所属|部门|부서"),
        ["Organization"] = Of("Organization|Organisation|Company|CompanyName|Company Name|Legal Entity|Employer|Business Unit Company"
            + "|user.organization|Organization 1 - Name"
            + "|Firma|Unternehmen|Gesellschaft|Société|Entreprise|Empresa|Compañía|Azienda|Società|Bedrijf|Organisatie|Przedsiębiorstwo|Spółka"
            + "|Företag|Bolag|Virksomhed|Yritys|Компания|会社|会社名|公司|회사"),
        ["Locale"] = Of("Locale|Location|Office|OfficeLocation|Office Name|Work Location|Location Name|physicalDeliveryOfficeName|City|l|Site"
            + "|Standort|Büro|Arbeitsort|Ort|Stadt|Lieu|Bureau|Site de travail|Ville|Ubicación|Oficina|Ciudad|Sede|Ufficio|Città|Locatie|Kantoor"
            + "|Standplaats|Plaats|Localização|Escritório|Cidade|Lokalizacja|Biuro|Miasto|Plats|Kontor|Stad|Toimipaikka|勤務地|オフィス|事業所|办公地点|근무지"),
        ["Phone"] = Of("Phone|WorkPhone|OfficePhone|PhoneNumber|Telephone|TelephoneNumber|BusinessPhone|BusinessPhones|Phone Number|Business Phone"
            + "|Primary Work Phone|Work Phone Number|Office Phone Number|primaryPhone|BIZ_PHONE|Phone Work|Phone - Work|Work Telephone|Direct Phone"
            + "|Telefon|Telefonnummer|Telefon geschäftlich|Telefon (geschäftlich)|Geschäftstelefon|Bürotelefon|Rufnummer|Téléphone"
            + "|Téléphone professionnel|Numéro de téléphone|Téléphone bureau|Teléfono|Teléfono de la oficina|Teléfono trabajo|Número de teléfono"
            + "|Telefono|Telefono ufficio|Numero di telefono|Telefoon|Telefoonnummer|Telefoon werk|Zakelijk telefoonnummer|Telefone"
            + "|Telefone comercial|Número de telefone|Numer telefonu|Telefon służbowy|Telefon biurowy|Telefonnummer arbete|Arbetstelefon|Puhelin"
            + "|Телефон|電話|電話番号|电话|전화번호"),
        ["MobilePhone"] = Of("MobilePhone|Mobile|Cell|Mobile Phone|Cell Phone|Mobile Number|Mobile Phone Number|Cell Number|Work Mobile|Mobile Work"
            + "|user.mobilePhone"
            + "|Handy|Mobiltelefon|Mobil|Mobilnummer|Handynummer|Portable|Téléphone mobile|Mobile professionnel|Móvil|Teléfono móvil|Celular"
            + "|Cellulare|Telefono cellulare|Mobiel|Mobiel nummer|Telemóvel|Telefone celular|Telefon komórkowy|Komórka|Mobilnummer arbete"
            + "|Matkapuhelin|携帯電話|携帯|手机|휴대폰"),
        ["HomePhone"] = Of("HomePhone|Home Phone|Home Phone Number|Telefon privat"),
        ["Fax"] = Of("Fax|FaxNumber|Fax Number|Faxnummer|Télécopie|Faks"),
        ["CostCenter"] = Of("CostCenter|CostCentre|Cost Center ID|Cost Center Code|Cost Center Name|Kostenstelle|Centre de coûts|Centre de coût"
            + "|Centro de coste|Centro de costes|Centro de costos|Centro di costo|Kostenplaats|Centro de custo|Centrum kosztów|Kostnadsställe"
            + "|Kostnadssted|Omkostningssted|コストセンター|原価センタ|成本中心"),
        ["EmployeeNumber"] = Of("EmployeeNumber|EmployeeId|Employee #|Employee No|Employee No.|EmployeeIdentifier|Employee Code|Worker ID|WorkerID"
            + "|Personnel Number|Personnel No|Pers.No.|PERNR|EMPID|Emp ID|Staff ID|Staff Number|Payroll Number|user.employeeNumber"
            + "|Personalnummer|Personalnr|Personalnr.|Mitarbeiternummer|Mitarbeiter-ID|Matricule|Numéro d'employé|Número de empleado|ID empleado"
            + "|Matricola|Numero dipendente|Personeelsnummer|Medewerkernummer|Matrícula|Número de funcionário|Numer pracownika|Numer ewidencyjny"
            + "|Anställningsnummer|Medarbejdernummer|Ansattnummer|社員番号|従業員番号|工号|사번"),
        ["Manager"] = Of("Manager|ManagerEmail|Manager Email|Manager Email Address|Manager's Email|Supervisor Email|Line Manager Email"
            + "|Reports To Email|Supervisor|Line Manager|Reports To|ReportsTo|ManagerId|Manager ID|Manager UPN|Manager Name|managerUpn"
            + "|Worker's Manager|Reporting to|Direct Manager"
            + "|Vorgesetzter|Vorgesetzte|Vorgesetzte/r|Führungskraft|Responsable|Supérieur hiérarchique|N+1|Jefe|Supervisor directo|Responsabile"
            + "|Leidinggevende|Gestor|Chefia|Przełożony|Kierownik|Chef|Närmaste chef|Leder|Esimies|上司|上長|经理|관리자"),
        [MappingPreset.IdentityName] = ["ZoomId", "ZoomUserId"],
    };

    // What the admin center calls the column that blocks a sign-in, and its principal name; nobody else has these.
    private static readonly HashSet<string> OfMicrosoft365 = new(
        ("Block credential|Anmeldeinformationen blockieren|Bloquer les informations d'identification|Bloquear credencial|Bloquear credenciales"
            + "|Blocca credenziali|Referenties blokkeren|Zablokuj poświadczenia|Blockera autentiseringsuppgifter|資格情報のブロック"
            + "|Soft deletion time stamp|Last dirsync time|OAuth token metadata|Benutzerprinzipalname").Split('|').Select(FoldedText.Of),
        StringComparer.Ordinal);

    /// <summary>Whether a heading is one that only Microsoft 365 has.</summary>
    public static bool IsMicrosoft365(string heading) => OfMicrosoft365.Contains(FoldedText.Of(heading));

    private static string[] Of(string headings) => headings.Split('|');
}
