/**
 * Small scripts as site owners write them, by us: collections of clean PHP hold frameworks and
 * applications, but hardly any of these, and a model that never saw one takes every short file that
 * mails a form for malware. Learned from, never counted when measuring.
 */
const SCRIPTS: readonly string[] = [
  `mail('MAIL', 'TITLE', $_POST['FIELD']); header('Location: /PAGE.html'); exit;`,
  `if ($_SERVER['REQUEST_METHOD'] === 'POST') { $VAR = strip_tags($_POST['FIELD']); $headers = "From: MAIL\\r\\n"; if (mail('MAIL', 'TITLE', $VAR, $headers)) { echo 'Thank you'; } else { echo 'Please try again'; } }`,
  `$VAR = $_POST['FIELD'] ?? ''; $email = filter_var($_POST['email'] ?? '', FILTER_VALIDATE_EMAIL); if (!$email) { http_response_code(400); exit('Invalid address'); } mail('MAIL', 'TITLE: ' . $VAR, $_POST['message'], 'Reply-To: ' . $email); echo json_encode(['ok' => true]);`,
  `$msg = ''; foreach ($_POST as $key => $value) { $msg .= "$key: $value\\n"; } mail("MAIL", "TITLE", $msg); ?><p>Thanks for your order!</p><?php`,
  `require 'PHPMailerAutoload.php'; $mail = new PHPMailer; $mail->isSMTP(); $mail->Host = 'smtp.example.test'; $mail->addAddress('MAIL'); $mail->Subject = 'TITLE'; $mail->Body = $_POST['FIELD']; echo $mail->send() ? 'sent' : $mail->ErrorInfo;`,
  `if (isset($_FILES['FIELD'])) { $VAR = 'uploads/' . basename($_FILES['FIELD']['name']); if (move_uploaded_file($_FILES['FIELD']['tmp_name'], $VAR)) echo 'Saved'; } ?><form method="post" enctype="multipart/form-data"><input type="file" name="FIELD"><button>Send</button></form><?php`,
  `$allowed = ['jpg', 'png', 'gif']; $ext = strtolower(pathinfo($_FILES['FIELD']['name'], PATHINFO_EXTENSION)); if (!in_array($ext, $allowed)) die('Only pictures'); $VAR = uniqid() . '.' . $ext; move_uploaded_file($_FILES['FIELD']['tmp_name'], __DIR__ . '/images/' . $VAR); echo $VAR;`,
  `$page = $_GET['page'] ?? 'home'; $pages = ['home', 'PAGE', 'contact']; include 'header.php'; include in_array($page, $pages) ? "pages/$page.php" : 'pages/404.php'; include 'footer.php';`,
  `$p = isset($_GET['p']) ? $_GET['p'] : 'index'; $p = preg_replace('/[^a-z]/', '', $p); include('inc/' . $p . '.php');`,
  `include('header.html'); if (!empty($_GET['PAGE']) && file_exists($_GET['PAGE'] . '.html')) { readfile(basename($_GET['PAGE']) . '.html'); } include('footer.html');`,
  `$db = new mysqli('localhost', 'USER', 'secret', 'site'); $VAR = $db->real_escape_string($_GET['FIELD']); $res = $db->query("SELECT * FROM news WHERE id='$VAR'"); while ($row = $res->fetch_assoc()) { echo '<h2>' . $row['title'] . '</h2>' . $row['text']; }`,
  `mysql_connect('localhost', 'USER', 'secret'); mysql_select_db('site'); $VAR = mysql_query("SELECT * FROM guests ORDER BY id DESC"); while ($row = mysql_fetch_array($VAR)) { echo "<p>$row[name]: $row[text]</p>"; } mysql_close();`,
  `mysql_connect("localhost","USER","secret"); mysql_select_db("site"); if (isset($_POST['FIELD'])) { $VAR = addslashes($_POST['FIELD']); mysql_query("INSERT INTO guests (text) VALUES ('$VAR')"); } ?><form method="post"><textarea name="FIELD"></textarea><input type="submit"></form><?php`,
  `$pdo = new PDO('mysql:host=localhost;dbname=site', 'USER', 'secret'); $st = $pdo->prepare('SELECT * FROM items WHERE name LIKE ?'); $st->execute(['%' . $_GET['FIELD'] . '%']); echo json_encode($st->fetchAll());`,
  `session_start(); if (isset($_POST['password']) && password_verify($_POST['password'], '$2y$10$abcdefghijklmnopqrstuv')) { $_SESSION['VAR'] = true; } if (empty($_SESSION['VAR'])) { ?><form method="post"><input type="password" name="password"></form><?php exit; } echo 'Welcome';`,
  `session_start(); if ($_POST['user'] == 'USER' && md5($_POST['pass']) == '5f4dcc3b5aa765d61d8327deb882cf99') { $_SESSION['login'] = 1; header('Location: PAGE.php'); } else { echo 'Wrong password'; }`,
  `session_start(); session_destroy(); setcookie('VAR', '', time() - 3600); header('Location: index.php');`,
  `$VAR = (int) file_get_contents('counter.txt'); $VAR++; file_put_contents('counter.txt', $VAR, LOCK_EX); echo $VAR;`,
  `$fp = fopen('PAGE.txt', 'a'); fwrite($fp, date('c') . ' ' . $_SERVER['REMOTE_ADDR'] . ' ' . $_POST['FIELD'] . "\\n"); fclose($fp); header('Location: thanks.html');`,
  `$lines = file('guestbook.txt'); foreach (array_reverse($lines) as $line) { list($VAR, $text) = explode('|', $line); echo '<b>' . htmlspecialchars($VAR) . '</b>: ' . htmlspecialchars($text) . '<br>'; }`,
  `$file = 'files/' . basename($_GET['FIELD']); if (!is_file($file)) { header('HTTP/1.0 404 Not Found'); exit; } header('Content-Type: application/octet-stream'); header('Content-Disposition: attachment; filename="' . basename($file) . '"'); header('Content-Length: ' . filesize($file)); readfile($file);`,
  `header('Content-Type: image/jpeg'); readfile('photos/' . basename($_GET['FIELD']));`,
  `$img = imagecreatefromjpeg('photos/' . basename($_GET['FIELD'])); $VAR = imagecreatetruecolor(200, 150); imagecopyresampled($VAR, $img, 0, 0, 0, 0, 200, 150, imagesx($img), imagesy($img)); header('Content-Type: image/jpeg'); imagejpeg($VAR);`,
  `exec('convert ' . escapeshellarg('photos/' . basename($_GET['FIELD'])) . ' -resize 300 thumb.jpg'); header('Location: thumb.jpg');`,
  `exec('cd /home/USER/site && git pull 2>&1', $VAR); echo '<pre>' . implode("\\n", $VAR) . '</pre>';`,
  `if ($_GET['key'] !== 'KEY') die('no'); echo shell_exec('cd /home/USER && git pull origin main 2>&1');`,
  `$out = shell_exec('uptime'); echo "<pre>$out</pre>"; echo disk_free_space('/') / 1e9 . ' GB free';`,
  `system('mysqldump -u USER -psecret site | gzip > backup/' . date('Ymd') . '.sql.gz'); echo 'done';`,
  `header('Location: ' . 'https://www.example.test/' . $_GET['to']);`,
  `$links = ['a' => 'https://shop.example.test', 'b' => 'https://blog.example.test']; header('Location: ' . ($links[$_GET['FIELD']] ?? '/'), true, 302);`,
  `$VAR = json_decode(file_get_contents('https://api.example.test/rates.json'), true); echo $VAR['EUR'];`,
  `$ch = curl_init('https://api.example.test/weather?city=' . urlencode($_GET['FIELD'])); curl_setopt($ch, CURLOPT_RETURNTRANSFER, true); $VAR = curl_exec($ch); curl_close($ch); file_put_contents('cache/weather.json', $VAR); echo $VAR;`,
  `$cache = 'cache/' . md5($_SERVER['REQUEST_URI']) . '.html'; if (is_file($cache) && filemtime($cache) > time() - 600) { readfile($cache); exit; } ob_start(); include 'PAGE.php'; file_put_contents($cache, ob_get_flush());`,
  `$xml = simplexml_load_string(file_get_contents('https://blog.example.test/feed')); foreach ($xml->channel->item as $item) { echo '<li><a href="' . $item->link . '">' . $item->title . '</a></li>'; }`,
  `$lang = $_GET['lang'] ?? $_COOKIE['lang'] ?? 'en'; if (!in_array($lang, ['en', 'de', 'ru'])) $lang = 'en'; setcookie('lang', $lang); $VAR = include "lang/$lang.php"; echo $VAR['TITLE'];`,
  `phpinfo();`,
  `echo 'PHP ' . phpversion() . ' on ' . php_uname(); print_r(get_loaded_extensions());`,
  `$dir = opendir('.'); while (($file = readdir($dir)) !== false) { if (substr($file, -4) == '.jpg') echo "<img src='$file' width=150>"; } closedir($dir);`,
  `foreach (glob('downloads/*.pdf') as $VAR) { echo '<a href="' . $VAR . '">' . basename($VAR) . '</a> ' . round(filesize($VAR) / 1024) . ' kB<br>'; }`,
  `foreach (glob('cache/*.html') as $VAR) { if (filemtime($VAR) < time() - 86400) unlink($VAR); } echo 'cleaned';`,
  `if (isset($_POST['delete'])) { $VAR = 'uploads/' . basename($_POST['delete']); if (is_file($VAR)) unlink($VAR); header('Location: PAGE.php'); }`,
  `$action = $_POST['action'] ?? 'show'; switch ($action) { case 'save': file_put_contents('PAGE.html', $_POST['FIELD']); break; case 'show': echo file_get_contents('PAGE.html'); }`,
  `echo base64_encode(file_get_contents('logo.png'));`,
  `$token = base64_encode(random_bytes(12)); $_SESSION['token'] = $token; echo '<input type="hidden" name="token" value="' . $token . '">';`,
  `$data = unserialize(base64_decode($_COOKIE['cart'] ?? '')); echo count($data) . ' items';`,
  `$VAR = $_GET['callback']; header('Content-Type: application/javascript'); echo $VAR . '(' . json_encode(['ok' => 1]) . ')';`,
  `error_reporting(0); set_time_limit(0); $zip = new ZipArchive; $zip->open('backup.zip', ZipArchive::CREATE); foreach (glob('*.php') as $f) $zip->addFile($f); $zip->close(); echo 'ok';`,
  `$_POST = array_map('trim', $_POST); $VAR = htmlspecialchars($_POST['FIELD']); echo "Hello $VAR";`,
  `echo '<p>Your address is ' . $_SERVER['REMOTE_ADDR'] . ' and you use ' . htmlspecialchars($_SERVER['HTTP_USER_AGENT']) . '</p>';`,
  `$controller = ucfirst($_GET['c'] ?? 'home') . 'Controller'; $method = $_GET['m'] ?? 'index'; if (class_exists($controller) && method_exists($controller, $method)) { (new $controller)->$method(); }`,
];

const NAMES = {
  MAIL: ['info@example.test', 'office@firma.example.test', 'shop@example.test'],
  TITLE: ['New message', 'Anfrage', 'Order', 'Сообщение с сайта', 'Contact'],
  FIELD: ['name', 'text', 'file', 'q', 'id', 'comment', 'foto'],
  PAGE: ['thanks', 'about', 'danke', 'news', 'list'],
  VAR: ['text', 'result', 'x', 'datei', 'res'],
  USER: ['root', 'site', 'web12'],
  KEY: ['deploy2019', 'abc123'],
} as const;

const FRAMES: readonly ((code: string) => string)[] = [
  (code) => `<?php\n${code}\n`,
  (code) => `<?php ${code} ?>`,
  (code) => `<html><head><title>Site</title></head><body>\n<?php\n${code}\n?>\n</body></html>\n`,
  (code) =>
    `<?php\n// ${code.length} signs, written in a hurry\n${code.replaceAll('; ', ';\n')}\n?>\n`,
];

const VARIANTS = 12;

/** Each script in several forms; `script` says which one it is a form of. */
export function siteScripts(): { script: number; text: string }[] {
  return SCRIPTS.flatMap((code, script) =>
    Array.from({ length: VARIANTS }, (_, variant) => {
      let text = code;
      for (const [slot, words] of Object.entries(NAMES)) {
        text = text.replaceAll(slot, words[(variant * 5 + script) % words.length] ?? '');
      }
      return { script, text: FRAMES[variant % FRAMES.length]?.(text) ?? text };
    }),
  );
}
